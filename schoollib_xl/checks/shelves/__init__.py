"""What stands on the shelves: stocktakes, cards, repairs, reviews."""
