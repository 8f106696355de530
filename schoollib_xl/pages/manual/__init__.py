"""The librarian's manual: a page for each task, the same beside the program and as the help of its page."""
