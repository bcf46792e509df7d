"""Which mentions are one document or one agency, out of all records."""
