"""What people look for, counted without knowing who they are, where the privacy page says so.

`keeping` decides what may be written down, `recording` counts, `figures` reads for editors.
Nothing here is needed to answer a query, and nothing here may slow one down (ADR 0008).
"""
