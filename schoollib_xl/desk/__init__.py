"""The circulation desk: what may happen to this reader and this copy today, and what the ledgers then say."""
