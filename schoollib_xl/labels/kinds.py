"""The kinds of labels."""

from enum import StrEnum


class LabelKind(StrEnum):
    """What is printed."""

    SPINE = "书标"
    BARCODE = "条码"
    READER = "读者证"
    BOOK_CARD = "书袋卡"
    DATE_SLIP = "期限表"

    @property
    def is_of_books(self) -> bool:
        """Whether there is one for each copy; 读者证 are for readers."""
        return self is not LabelKind.READER
