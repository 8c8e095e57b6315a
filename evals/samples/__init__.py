"""The sample agreements that are built from sources: a DOCX and a PDF whose text is known."""
