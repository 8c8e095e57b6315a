"""The sample agreements that are built from sources, in every format that can be read; their text is known."""
