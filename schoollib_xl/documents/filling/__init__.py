"""Word templates without control tags: checked, repeated, filled, tidied."""
