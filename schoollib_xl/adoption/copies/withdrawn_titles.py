"""Withdrawals of which a list tells the title alone: which copies they are of."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from schoollib_xl.adoption.copies.losses import FEWER, NOT_HELD, SEVERAL
from schoollib_xl.adoption.copies.written_off import TOGETHER, LastLent
from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.rows.texts import plain_title
from schoollib_xl.ledgers.accession import AccessionRow

WRITTEN_OFF = "注销"
ANY_OF_THEM = (
    "注销清单上只写书名的 {count} 行（第一处{first}）：书目里这种书不止这几册，都没有登记号，"
    "从前往后记了清单上写的册数；新号往书上写的时候，这几个号留给这几册。"
)
LOWEST = (
    "注销清单上只写书名的 {count} 行（第一处{first}）：书目里这种书不止这几册，"
    "取了登记号最小、没有借出的；对着书和注销单看，不是这几册的改过来。"
)
PARTLY = "注销清单上有 {count} 行只对上了一部分（第一处{first}）。"
OF_THESE = "{copies} 册里的 {numbers}"


class WithdrawnTitles:
    """Gives each record of a withdrawal by its title the numbers of its copies among those taken over, the lowest free
    ones where there are more (contract 10). `given` are numbers that no list states: which of these makes no
    difference.
    """

    def __init__(self, copies: Iterable[AccessionRow], lent: LastLent, given: Container[str], journal: Journal) -> None:
        self._lent, self._given, self._journal = lent, given, journal
        self._by_title: defaultdict[str, list[AccessionRow]] = defaultdict(list)
        for copy in copies:
            if copy.title and copy.accession_no and not lent.is_listed(copy.accession_no):
                self._by_title[plain_title(copy.title)].append(copy)
        self._taken: set[str] = set()

    def numbered(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records with their numbers; those of no copy, or of nobody knows which, are set aside."""
        partly: list[str] = []
        any_of_them: list[str] = []
        lowest: list[str] = []
        for record in records:
            copies, stated = self._meant(record), record.get("held") or 1
            chosen = copies if len(copies) <= stated else self._lowest(copies, stated, record)
            if not chosen:
                why = SEVERAL if copies else NOT_HELD
                said = why.format(word=WRITTEN_OFF, what="书", copies=len(copies))
                self._journal.aside(record.place, said, record.text)
                continue
            numbers = [copy.accession_no for copy in chosen]
            self._taken |= set(numbers)
            if len(copies) < stated:
                fewer = FEWER.format(word=WRITTEN_OFF, stated=stated, copies=len(copies))
                partly.append(f"{record.place}：{fewer}")
            elif len(copies) > stated:
                said = OF_THESE.format(copies=len(copies), numbers=TOGETHER.join(numbers))
                is_any = all(number in self._given for number in numbers)
                (any_of_them if is_any else lowest).append(f"{record.place}，{said}")
            record.values["accession_no"] = TOGETHER.join(numbers)
            yield record
        self._journal.urgent += of_many(PARTLY, partly)
        self._journal.assumed += [*of_many(ANY_OF_THEM, any_of_them), *of_many(LOWEST, lowest)]

    def _meant(self, record: Record) -> Sequence[AccessionRow]:
        """The copies that the record may be of, lowest number first: of several books of a title those at the price
        that it says; those that their own list says are gone, where it says so of any.
        """
        price = record.get("price")
        here = [one for one in self._by_title[plain_title(record.get("title"))] if one.accession_no not in self._taken]
        of_price = [one for one in here if price is None or one.price is None or one.price == price] or here
        gone = [one for one in of_price if one.withdrawn_on]
        return sorted(gone or of_price, key=lambda one: (len(one.accession_no), one.accession_no))

    def _lowest(self, copies: Sequence[AccessionRow], stated: int, record: Record) -> Sequence[AccessionRow]:
        """So many of them that are free; none where they are of several books, or not so many are."""
        if stated < 1 or len({(copy.isbn, copy.author) for copy in copies}) > 1:
            return ()
        day = record.get("withdrawn_on")
        free = [copy for copy in copies if self._lent.is_free(copy.accession_no, day)]
        return free[:stated] if len(free) >= stated else ()
