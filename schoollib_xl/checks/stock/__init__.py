"""The books: batches, copies, classes, withdrawals and papers."""
