"""Rows of a recognised table as records: each cell by what its column holds and by what stands round it."""
