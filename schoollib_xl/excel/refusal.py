"""What a button says when it cannot do what was asked."""


class Refused(Exception):
    """What was asked cannot be done; the text is one Chinese sentence."""


class Unreachable(Exception):
    """No running Excel, or not the one whose button was pressed, or a cell in it that cannot be handed over: the work
    is done in a copy of the workbook.
    """
