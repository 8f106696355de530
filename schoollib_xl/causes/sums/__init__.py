"""Where the sums of the ledgers do not come out: figures, batches, copies and withdrawals that would settle them."""
