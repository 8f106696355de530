"""What the books are: every sheet and column, declared once."""
