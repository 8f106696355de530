"""Chinese words: how values, findings and figures are said to a librarian."""
