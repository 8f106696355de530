"""Cells of a column that are wrong together: sorted, slid, exchanged, drawn down, all years off."""
