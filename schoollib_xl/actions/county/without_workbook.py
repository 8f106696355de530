"""Schools that may have sent no workbook: folders without one, and papers and pictures that are all there is of one."""

import re
from collections.abc import Collection, Iterable
from itertools import chain
from pathlib import Path

from schoollib_xl.ledgers.numerals import squeezed

_EMPTY = "这个文件夹里没有工作簿，Word、PDF、图片不能当账读；是还没有交账的学校，就少算了它。"
_PAPER = "这里只有它的 Word、PDF、图片这些，没有名字里有它的工作簿；是还没有交账的学校，就少算了它。"
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
    """The schools of which papers or pictures lie among workbooks called by schools, and none of these, as if each had
    a folder there: what a picture is called may be a pupil's name.
    """
    of_schools = {path.parent for path in workbooks if _school_in(path.stem) and not _school_in(path.parent.name)}
    papers = (path for path in files if path.parent in of_schools and _PAPERS.fullmatch(path.suffix))
    named = {path.parent / school for path in papers if (school := _school_in(path.stem))}
    return {school: _PAPER for school in named if not _is_of_one(school, county, workbooks)}


def _school_in(name: str) -> str:
    """The name of a school that a file or folder is called by; '' where there is none."""
    found = _SCHOOL.match(_NUMBERED.sub("", squeezed(name)))
    return found[1] if found else ""


def _is_of_one(place: Path, county: Path, workbooks: Iterable[Path]) -> bool:
    """Whether the school it is called by has a workbook in the same folder, or the folder is that school's."""
    school, folder = _school_in(place.name), place.parent
    beside = (str(one.relative_to(folder)) for one in workbooks if one.is_relative_to(folder))
    return bool(school) and any(school in squeezed(one) for one in chain([str(folder.relative_to(county))], beside))
