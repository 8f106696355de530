"""Schools that may have sent no workbook: folders without one, and papers and pictures that are all there is of one."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from schoollib_xl.ledgers.numerals import squeezed

_EMPTY = "这个文件夹里没有工作簿，Word、PDF、图片不能当账读；是还没有交账的学校，就少算了它。"
_PAPER = "不是工作簿，没有读；没有一份工作簿的名字里有“{}”，是还没有交账的学校，就少算了它。"
_PAPERS = re.compile(r"\.(docx?|wps|rtf|txt|pdf|ofd|jpe?g|png|bmp|gif|tiff?|heic|webp)", re.IGNORECASE)
# What is beside a school's workbook, or a county's.
_FOR_THINGS = re.compile("图片|照片|相片|影像|视频|录像|扫描|附件|通知|模板|样表|资料|材料|文件|备份|存档|归档|旧")
# 中小学, 2025年小学, 全县学校 and 各村小学 are of many; 第1小组 is of none.
_KINDS = r"[^中年省市国育](?:小学|中学|完小|教学点|幼儿园|分校|校区)|[^\d中年省市国育]学校"
_SCHOOL = re.compile(rf"(?!关于|全|农村|.*各)(.*(?:{_KINDS})|.*[\d一二三四五六七八九十][小校](?![学组时结班]))")
_NUMBERED = re.compile(r"^\d+[^\w第]+")
_TOWN = re.compile("(镇|乡|街道|学区)$")


def folders_without(
    county: Path, places: Iterable[Path], workbooks: Collection[Path], told: Iterable[Path]
) -> dict[Path, str]:
    """The folders that hold nothing that is read or told of, beside others that do, and why they are named: they may be
    of a school that has sent none yet. Beside a workbook itself only one that is called by another school or a town is.
    """
    schools = {path.parent for path in workbooks}
    known = {above for path in told for above in (path, *path.parents)}

    def may_be_a_school(place: Path) -> bool:
        named = _school_in(place.name) or _TOWN.search(place.name)
        if place.parent not in schools:
            return bool(named) or not _FOR_THINGS.search(place.name)
        return bool(named) and not _is_of_one(place, county, workbooks)

    beside = (place for place in places if place not in known and place.parent in known)
    return {place: _EMPTY for place in beside if may_be_a_school(place)}


def papers_without(county: Path, files: Iterable[Path], workbooks: Collection[Path]) -> dict[Path, str]:
    """The first paper or picture of each school of which nothing else lies among workbooks called by schools."""
    of_schools = {path.parent for path in workbooks if _school_in(path.stem) and not _school_in(path.parent.name)}
    found: dict[tuple[Path, str], Path] = {}
    for path in sorted(files):
        school = path.parent in of_schools and _PAPERS.fullmatch(path.suffix) and _school_in(path.stem)
        if school and not _is_of_one(path, county, workbooks):
            found.setdefault((path.parent, school), path)
    return {path: _PAPER.format(school) for (_, school), path in found.items()}


def _school_in(name: str) -> str:
    """The name of a school that a file or folder is called by; '' where there is none."""
    found = _SCHOOL.match(_NUMBERED.sub("", squeezed(name)))
    return found[1] if found else ""


def _is_of_one(path: Path, county: Path, workbooks: Iterable[Path]) -> bool:
    """Whether the school it is called by has a workbook in the same folder, or the folder is that school's."""
    school = _school_in(path.name if path.is_dir() else path.stem)
    beside = (one.relative_to(path.parent) for one in workbooks if one.is_relative_to(path.parent))
    around = (str(path.parent.relative_to(county)), *map(str, beside))
    return bool(school) and any(school in squeezed(one) for one in around)
