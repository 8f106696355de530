"""Registers, logs and fines: which reader and which copy a line means, and what it comes to as a loan."""
