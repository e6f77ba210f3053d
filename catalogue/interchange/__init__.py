"""The interchange format of the catalogue: its records, its values and its files.

This room reads and writes files and normal forms. It refuses to know the database, and who
imports or exports; `docs/import-format.md` describes the format for people.
"""
