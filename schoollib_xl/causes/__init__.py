"""Why the books disagree: the fewest corrections that would settle what was found. Loaded only where something was."""
