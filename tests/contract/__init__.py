"""The product seen from outside: a sample school's workbook, changed as a stranger would, and the command line."""
