"""What a librarian says to an act the rules do not allow."""


class Refused(ValueError):
    """The act is not allowed as things stand; nothing was changed."""
