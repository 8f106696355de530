"""What the papers say: figures and texts of a library put into the papers' declared shapes."""
