"""Class lists, and whom loans name, into 读者名册 and 班级."""

from typing import NamedTuple

from schoollib_xl.adoption.former_numbers import follow_former_cards
from schoollib_xl.adoption.forms.kinds import READERS
from schoollib_xl.adoption.journal import of_many
from schoollib_xl.adoption.readers.class_spellings import ClassSpellings
from schoollib_xl.adoption.readers.leaving import stop_cards, with_cards_still_good
from schoollib_xl.adoption.readers.people import Roster, classes_of, with_grades
from schoollib_xl.adoption.roster.card_readers import of_last_year, take_from_cards, year_of_roster
from schoollib_xl.adoption.roster.made_roster import make_roster
from schoollib_xl.adoption.takeover import Takeover
from schoollib_xl.ledgers.school import first_year
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow

OF_NO_CLASS = (
    "有 {count} 人（{first}等）看不出是哪个班的，也看不出是不是老师："
    "在名单上面写上班级，或者文件名写成班级，再接收一次。"
)


class TakenPeople(NamedTuple):
    """How the sources spell the classes, and the school year (by the year it begins) that the roster is of."""

    names: ClassSpellings
    year: int


def take_people(takeover: Takeover, year_told: int | None) -> TakenPeople:
    """Take over readers and classes: of the lists, then whom only a card or a line of a register names. `year_told` is
    the school year of the sources' own settings, which the new workbook keeps.
    """
    lending, pages, journal = takeover.lending, takeover.pages, takeover.journal
    readers, opened_on, as_of = takeover.records[READERS], takeover.options.opening_day, takeover.options.as_of
    year = year_told or first_year(max(opened_on, as_of))
    if not readers:
        # Whom nothing but loans names is in the class of now, which may be later than the last loan.
        year = max(year, year_of_roster((), lending, as_of))
    known = with_grades(takeover.taken(ClassRow), year, journal)
    names = ClassSpellings(known, year)
    roster = Roster(names, journal)
    journal.assumed += follow_former_cards(readers, [*lending, *pages])
    journal.assumed += with_cards_still_good(readers, as_of)
    journal.urgent += stop_cards(readers, lending, opened_on, as_of)
    roster.take(readers, [*lending, *pages])
    unknown = [row.name for row in roster.rows if row.kind is None and row.class_name is None]
    journal.assumed += of_many(OF_NO_CLASS, unknown)
    roster_year = year
    if roster.rows:
        roster_year = year_of_roster(roster.rows, lending, as_of)
        journal.urgent += take_from_cards(roster, lending, pages, as_of, roster_year)
        journal.urgent += of_last_year(roster.rows, roster_year, year_told, as_of)
    else:
        last = max((row.grade for row in known if row.grade is not None), default=None)
        journal.assumed += make_roster(roster, lending, pages, as_of, year, last)
    takeover.rows[ReaderRow] = roster.rows
    if classes := known or classes_of(roster, year, journal):
        takeover.rows[ClassRow] = classes
    return TakenPeople(names, roster_year)
