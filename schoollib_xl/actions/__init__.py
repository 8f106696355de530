"""One module per request: read a workbook, ask the rooms below, write what was asked for."""
