"""Many lines that go by one thing: a rule, the calendar, a setting, a card, a day written on all of them."""
