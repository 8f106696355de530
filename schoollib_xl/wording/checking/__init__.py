"""What was checked and found, and what would settle it: for the librarian at her ledgers."""
