"""What two books hold, and one of them has otherwise: the cells that would settle it, and what speaks for each."""
