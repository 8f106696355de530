"""Papers made again around what she has edited."""
