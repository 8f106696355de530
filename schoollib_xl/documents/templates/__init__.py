"""The templates themselves, built from one definition of styles."""
