"""Pages for a browser: one file each, complete in itself."""
