"""Invented schools: small booklets of rows, a whole school made by legal acts, and known faults."""
