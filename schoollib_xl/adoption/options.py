"""The choices of an adoption, each with a default."""

from dataclasses import dataclass, field
from datetime import date

from schoollib_xl.adoption.forms.own_names import OwnNames
from schoollib_xl.ledgers.school import first_year, usual_start
from schoollib_xl.ledgers.vocabulary import Weekday


@dataclass(frozen=True)
class Options:
    """`as_of`: the day of the adoption. `opened_on`: the day the new books begin, by default the first day of the
    school year, or `first_lent`, that of the school year of the first loan. `start`: the first accession number to
    give, by default the one after the highest there is. `width`: digits of an accession number, by default 6, or as
    many as the longest number there is. `held`: copies of a title whose list says neither their number nor their
    numbers, by default such a title is set aside. `days` and `copies`: 借期天数 and 同时可借册数 for everybody, by
    default what the sources say. `weekdays`: the days the library is open, by default those on which books were lent
    or came back.
    """

    as_of: date
    opened_on: date | None = None
    first_lent: date | None = None
    start: int | None = None
    width: int | None = None
    held: int | None = None
    days: int | None = None
    copies: int | None = None
    weekdays: tuple[Weekday, ...] = ()
    names: OwnNames = field(default_factory=OwnNames)

    @property
    def opening_day(self) -> date:
        """The day the new books begin."""
        return self.opened_on or self.first_lent or usual_start(first_year(self.as_of))
