"""What an inspection will ask: marks from the books, a sample to go and look at, the odds it goes by."""
