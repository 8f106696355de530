"""The figures of a term and of the holdings, beside what a standard or a target asks."""
