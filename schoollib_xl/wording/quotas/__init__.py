"""How much may and must be lent, and how the classes stand."""
