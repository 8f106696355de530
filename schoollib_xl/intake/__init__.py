"""What comes in from outside the workbook: files of scanners and phones."""
