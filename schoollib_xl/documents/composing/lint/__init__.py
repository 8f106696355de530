"""What she is told about a paper before it is printed; nothing of it stands in the paper."""
