"""What a librarian says to an act the rules do not allow."""


class NotAllowed(ValueError):
    """The act is not allowed as things stand; nothing was changed."""
