"""Reads of the catalogue: each returns what a page needs, with a fixed number of queries."""
