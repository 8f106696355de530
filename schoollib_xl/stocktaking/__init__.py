"""Stocktakes by scanner: what the scans say of the shelves, before any of it stands in 盘点记录."""
