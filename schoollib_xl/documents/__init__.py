"""What the papers say, and how a Word template is filled with it."""
