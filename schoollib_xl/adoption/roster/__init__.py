"""Class lists of a new term or year against 读者名册: who stays, moves, comes and leaves, and what must be asked."""
