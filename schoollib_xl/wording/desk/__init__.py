"""What is said over the counter: to a scan, of one reader, of what is still to be copied into the ledgers."""
