"""Supporting sheets: people, rules, calendar, activities, papers, shelves and money. No eighth ledger."""
