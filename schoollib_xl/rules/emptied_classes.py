"""A class that 班级 says has no pupils, though it borrowed this term and nobody of it is in another class now."""

from schoollib_xl.ledgers.grades import class_key
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.supporting.people import ClassRow
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.rules.lending import loans_of_known_mode


def emptied_classes(library: Library) -> frozenset[str]:
    """The classes, by class_key, whose loans of this term no pupil stands for.

    What a class borrowed that has left would be shared among those who stayed. What was borrowed by pupils who are in
    another class now is theirs: two classes that were put together leave one of them lawfully empty.
    """
    empty = {class_key(row.class_name) for row in library[ClassRow] if row.pupils == 0}
    if not empty:
        return frozenset()
    term, readers = library.school.term, library.readers
    borrowed, still_here = set[str](), set[str]()
    for loan in loans_of_known_mode(library):
        if loan.class_name is None or not loan.is_personal or (term and loan.lent_on not in term):
            continue
        reader = readers.get(loan.reader_no)
        if reader is None or reader.kind is ReaderKind.PUPIL:
            name = class_key(loan.class_name)
            borrowed.add(name)
            if reader and reader.is_active(library.as_of):
                still_here.add(name)
    return frozenset(empty & borrowed - still_here)
