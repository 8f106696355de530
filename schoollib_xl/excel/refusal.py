"""What a button says when it cannot do what was asked."""


class Refused(Exception):
    """What was asked cannot be done; the text is one Chinese sentence."""
