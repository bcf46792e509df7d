"""From files to records, and from records to the graph; docs/architecture.md says which module does what."""
