"""What a county office reads of all its schools."""
