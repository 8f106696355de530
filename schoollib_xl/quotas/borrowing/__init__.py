"""What was borrowed, what must be and what may be."""
