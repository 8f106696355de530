"""The workbook itself, built from the declarations."""
