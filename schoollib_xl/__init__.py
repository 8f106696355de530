"""Checks, quotas and papers for a primary school library kept in Excel."""

__version__ = "0.2.0"
