"""Excel: opening workbooks, reading rows, building and writing new files."""
