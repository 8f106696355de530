"""Inside Excel: what stands behind the buttons of the open workbook."""
