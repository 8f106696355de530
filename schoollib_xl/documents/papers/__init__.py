"""What each paper says, as frozen dataclasses."""
