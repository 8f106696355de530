"""The facts of a term, each by its name with where it comes from."""
