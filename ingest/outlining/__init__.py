"""The text's structure: blocks under their headings, in the parts of the document."""
