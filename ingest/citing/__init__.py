"""The documents that a text cites, with every place where it does."""
