"""Tables and columns whose headers say nothing, mislead or stand where nobody expects them: known by what they hold."""
