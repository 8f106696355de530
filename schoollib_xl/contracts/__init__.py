"""What other programs may rely on: the JSON of every command, declared once and published as JSON schemas."""
