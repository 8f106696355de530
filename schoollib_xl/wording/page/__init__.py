"""What the resident program and its page say."""
