"""Whom and what everything is counted over: classes, the term, the stock, and what could not be read."""
