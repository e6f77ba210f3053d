"""Template tags of the catalogue's screens in the admin."""
