"""Her own words and sentences in a paper: which are set in, which hold, what they promise."""
