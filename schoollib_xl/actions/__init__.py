"""One module per wish: read a workbook, ask the rooms below, write what was asked for."""
