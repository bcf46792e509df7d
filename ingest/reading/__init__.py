"""Files as text: DOCX, PDF, HTML, Markdown, old Word, plain text."""
