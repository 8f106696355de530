"""A county: what one school's workbook comes to without a name in it, and what all of them come to."""
