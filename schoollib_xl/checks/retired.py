"""Codes that are no longer used, each with the reason. A code once quoted on the phone is never reused."""

RETIRED: dict[str, str] = {}
