"""The questions: Cypher files, what loads and runs them, and the answers that are more than rows."""
