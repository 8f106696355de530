"""From files to tables: every source that is read, and every table of it."""
