"""Messages on their way: kept in the database with what caused them, sent by the worker.

It knows nobody above it: who writes what to whom is decided elsewhere.
"""
