"""Withdrawals of which a list tells the title alone: which copies they are of."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from schoollib_xl.adoption.copies.losses import ANY_OF_THEM, FEWER, LOWEST, NOT_HELD, PARTLY, SEVERAL
from schoollib_xl.adoption.copies.written_off import TOGETHER, LastLent, by_figures
from schoollib_xl.adoption.journal import Journal, of_many
from schoollib_xl.adoption.rows.records import Record
from schoollib_xl.adoption.rows.texts import plain_title
from schoollib_xl.ledgers.accession import AccessionRow

WRITTEN_OFF, _LISTS = "注销", "注销清单"
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
        self._journal.urgent += of_many(PARTLY, partly, lists=_LISTS)
        self._journal.assumed += of_many(ANY_OF_THEM, any_of_them, lists=_LISTS)
        self._journal.assumed += of_many(LOWEST, lowest, lists=_LISTS, papers="书和注销单")

    def _meant(self, record: Record) -> Sequence[AccessionRow]:
        """The copies that the record may be of, lowest number first: of several books of a title those at the price
        that it says; those that their own list says are gone, where it says so of any.
        """
        price = record.get("price")
        here = [one for one in self._by_title[plain_title(record.get("title"))] if one.accession_no not in self._taken]
        of_price = [one for one in here if price is None or one.price is None or one.price == price] or here
        gone = [one for one in of_price if one.withdrawn_on]
        return sorted(gone or of_price, key=lambda one: by_figures(one.accession_no))

    def _lowest(self, copies: Sequence[AccessionRow], stated: int, record: Record) -> Sequence[AccessionRow]:
        """So many of them that are free; none where they are of several books, or not so many are."""
        if stated < 1 or len({(copy.isbn, copy.author) for copy in copies}) > 1:
            return ()
        own = {copy.accession_no: copy for copy in copies}
        return [own[number] for number in self._lent.lowest_free(own, stated, record.get("withdrawn_on"))]
