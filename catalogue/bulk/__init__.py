"""Many procedures changed at once: selection, preview, application, report.

`changes` is pure; `preparing` stores the preview; `applying` carries it out page by page, each
in its own transaction, and never over an edit that the preview did not know.
"""
