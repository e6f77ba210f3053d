"""From files to pages: adapters of registers, checks of a whole file, and writing in bulk."""
