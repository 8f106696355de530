"""Two copies of one workbook, edited apart, put together."""
