"""What stands in an old file: where tables are, of which kind each is, and which column holds what."""
