"""How it is found: the search rooms, which read the catalogue only."""
