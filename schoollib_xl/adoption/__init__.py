"""What the school already has, taken over: old lists into ledgers, one year into the next, two copies into one."""
