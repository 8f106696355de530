"""Grids into typed rows, and a workbook file into a library."""
