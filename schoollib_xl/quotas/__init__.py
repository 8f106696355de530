"""How much must be borrowed, whether it can be, what may still be borrowed, and what the holdings should be."""
