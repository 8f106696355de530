"""What the school has laid down, applied: open days, lending rules, due dates, compensation."""
