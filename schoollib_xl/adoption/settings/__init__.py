"""Settings, lending rules, hours and periods: what the sources say of them, and what the data propose."""
