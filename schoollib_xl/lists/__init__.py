"""Lists for readers, class teachers and the librarian: what is new, what is read, what is not, what may go."""
