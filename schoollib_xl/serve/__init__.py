"""The resident program: one page on this computer for one workbook or several, and the desk for the queue."""
