"""What stands inside Excel: the words of buttons and of worksheet functions."""
