"""Last year's plan or summary in Word: its text, month lists, targets and opening hours, and what is none of these."""
