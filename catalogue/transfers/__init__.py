"""Import and export in the administration: keep a file, preview it, carry it out, report.

The importers read and write; this room bounds them by what a person may do (`reach`, `wall`),
stores the preview (`preparing`, `differences`) and writes page by page (`applying`), never over
an edit that the preview did not know.
"""
