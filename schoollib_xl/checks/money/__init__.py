"""The cash book against itself and the ledgers."""
