"""Engines find candidates for a query; `search.ranking` puts them in order."""
