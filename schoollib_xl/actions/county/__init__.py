"""Roll up a county: one task for each workbook, each in a process that may fall over without harm."""
