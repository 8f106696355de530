"""The books of the next school year: what is carried over, promoted and brought forward."""
