"""What an inspection would find, and what is asked at the shelf."""
