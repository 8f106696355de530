"""What is said of Word papers, what they say where the school says nothing, and where their figures come from."""
