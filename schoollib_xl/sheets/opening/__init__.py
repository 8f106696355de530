"""Untrusted workbooks, opened: sniffed, vetted, read in place or in a confined child process."""
