"""Lists of people: readers and classes, who has left, and who stands on two lists."""
