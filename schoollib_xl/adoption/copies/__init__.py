"""Lists of books, batches, withdrawals and losses: so many copies, each once, with its number and what became of it."""
