"""Invented schools: small sets of ledgers of rows, a whole school made by legal acts, and known faults."""
