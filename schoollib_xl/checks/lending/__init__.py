"""Loans and what is paid for lost books, readers and classes, rules, turns and hours."""
