"""What is written, on any sheet: whether it can be read, and what the words of a line say against it."""
