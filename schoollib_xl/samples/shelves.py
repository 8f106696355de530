"""修补登记 and 盘点记录: what leaves the shelf to be mended, and what stands there when counted."""

from datetime import date

from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.supporting.shelves import RepairRow, StocktakeRow, StocktakeScopeRow
from schoollib_xl.ledgers.supporting.vocabulary import Presence
from schoollib_xl.ledgers.vocabulary import Condition
from schoollib_xl.samples.refusal import NotAllowed
from schoollib_xl.samples.stock import Away, SampleStock

_YES = Presence.PRESENT


class SampleShelves:
    """The shelves: sending to repair, putting back, counting."""

    def __init__(self, stock: SampleStock) -> None:
        self.repairs: list[RepairRow] = []
        self.stocktake: list[StocktakeRow] = []
        self.scopes: list[StocktakeScopeRow] = []
        self._stock = stock

    def send_for_repair(self, today: date, accession_no: str, damage: str, repairer: str) -> None:
        """Take a copy off the shelf to be mended. Raises NotAllowed where it is not on the shelf."""
        self._stock.from_shelf(accession_no)
        self._stock.hand_out(today, accession_no, Away.IN_REPAIR)
        line = len(self.repairs) + 2
        self.repairs.append(RepairRow(line, today, accession_no, damage, repairer, None))

    def reshelve(self, today: date, accession_no: str) -> None:
        """Put a mended copy back. Raises NotAllowed where it is not under repair."""
        if self._stock.away.get(accession_no) is not Away.IN_REPAIR:
            raise NotAllowed(f"copy {accession_no} is not under repair")
        del self._stock.away[accession_no]
        for index, row in enumerate(self.repairs):
            if row.accession_no == accession_no and row.reshelved_on is None:
                self.repairs[index] = row._replace(reshelved_on=today)

    def places(self) -> list[str]:
        """Every 馆藏地, in the order its first copy was entered."""
        return list(dict.fromkeys(copy.location or "" for copy in self._stock.copies))

    def count(self, today: date, place: str, counted_by: str) -> None:
        """Count one place: every copy that stands there, with its cards, label and stamp."""
        self.scopes.append(StocktakeScopeRow(len(self.scopes) + 2, place, today, today, counted_by, None))
        for copy in self.standing_in(place):
            line = len(self.stocktake) + 2
            cards = (_YES, _YES, _YES, _YES)
            self.stocktake.append(StocktakeRow(line, today, copy.accession_no, place, Condition.GOOD, *cards, None))

    def standing_in(self, place: str) -> list[AccessionRow]:
        """The copies of a place that are neither lent nor taken off the shelf."""
        held = (copy for copy in self._stock.copies if copy.location == place)
        return [copy for copy in held if self._stock.on_shelf(copy.accession_no)]
