"""Whether it can be borrowed: the turns of a term, and the loans laid out over them."""
