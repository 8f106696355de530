"""A workbook that is saved while it is read."""

from pathlib import Path
from threading import Timer

import pytest

from schoollib_xl.sheets.opening.one_state import of_one_state
from schoollib_xl.sheets.opening.refusing import Unusable, unusable


@pytest.mark.parametrize("is_refused", [True, False])
def test_what_was_saved_meanwhile_is_read_again_from_a_copy_of_its_name(is_refused: bool, tmp_path: Path) -> None:
    workbook = tmp_path / "七本账.xlsx"
    workbook.write_bytes(b"before")
    places = []

    def read(place: Path) -> bytes:
        places.append(place)
        content = place.read_bytes()
        if place == workbook:
            (tmp_path / "draft").write_bytes(b"after")
            (tmp_path / "draft").replace(workbook)
            if is_refused:
                raise unusable(place, "已损坏")
        return content

    assert of_one_state(workbook, read) == b"after"
    assert [place.name for place in places] == ["七本账.xlsx"] * 2
    assert not places[1].exists()


def test_a_workbook_that_stays_is_read_once_and_its_refusal_stands(tmp_path: Path) -> None:
    def refuse(place: Path) -> None:
        raise unusable(place, "已损坏")

    (tmp_path / "七本账.xlsx").write_bytes(b"")
    with pytest.raises(Unusable, match="已损坏"):
        of_one_state(tmp_path / "七本账.xlsx", refuse)
    with pytest.raises(Unusable, match="已损坏"):
        of_one_state(tmp_path / "没有.xlsx", refuse)


def test_a_workbook_that_is_emptied_to_be_written_in_place_is_waited_for(tmp_path: Path) -> None:
    workbook = tmp_path / "七本账.xlsx"
    workbook.write_bytes(b"")
    writer = Timer(0.08, workbook.write_bytes, [b"after"])
    writer.start()

    def read(place: Path) -> bytes:
        if not (content := place.read_bytes()):
            raise unusable(place, "是空文件")
        return content

    assert of_one_state(workbook, read) == b"after"
    writer.join()


def test_a_workbook_that_is_written_a_piece_at_a_time_is_read_once_it_is_whole(tmp_path: Path) -> None:
    workbook = tmp_path / "七本账.xlsx"
    pieces = [b"a piece,", b"a piece, another,", b"a piece, another, the last"]
    workbook.write_bytes(b"before")

    def read(place: Path) -> bytes:
        content = place.read_bytes()
        if content == pieces[-1]:
            return content
        workbook.write_bytes(pieces.pop(0) if len(pieces) > 1 else pieces[0])
        raise unusable(place, "没有拷完整")

    assert of_one_state(workbook, read) == b"a piece, another, the last"


def test_a_workbook_that_never_comes_to_rest_is_refused_in_the_end(tmp_path: Path) -> None:
    workbook = tmp_path / "七本账.xlsx"
    workbook.write_bytes(b"")

    def read(place: Path) -> bytes:
        workbook.write_bytes(workbook.read_bytes() + b"more")
        raise unusable(place, "没有拷完整")

    with pytest.raises(Unusable, match="没有拷完整"):
        of_one_state(workbook, read)
