"""The school: settings, calendar, targets, activities, visits, evaluation, explanations."""
