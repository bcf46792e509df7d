"""The formal parts of a document (thể thức văn bản): letterhead, symbol, date, title, signature, recipients."""
