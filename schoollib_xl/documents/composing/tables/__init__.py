"""What of a paper is a table or a list, each line with the figures it shows."""
