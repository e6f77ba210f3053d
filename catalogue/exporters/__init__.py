"""From pages to the interchange format: what an import of the same file would make again."""
