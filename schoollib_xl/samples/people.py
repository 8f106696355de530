"""Invented people: no two share a name."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import NamedTuple

from schoollib_xl.ledgers.numerals import numeral
from schoollib_xl.ledgers.supporting.people import ClassRow, ReaderRow
from schoollib_xl.ledgers.supporting.vocabulary import ClassLending
from schoollib_xl.ledgers.vocabulary import ReaderKind
from schoollib_xl.samples.scale import Scale

_SURNAMES = (
    "王李张刘陈杨赵黄吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余叶吕魏蒋田杜丁沈姜范江"
    "傅钟卢汪戴崔任陆廖姚金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"
)
_FIRST = "子梓雨欣思佳一浩宇晨若诗嘉俊文博书可心怡天明雅静志建春秋小晓景云清远安乐君立永"
_SECOND = "涵轩悦琪彤瑶宁然泽豪萱妍航洋峰磊辰希蕾阳露雯玥岚霖舟禾苗杰伟勇强芳兰梅竹松柏桐枫"
_LENDING = {1: ClassLending.IN_ROOM, 2: ClassLending.THROUGH_TEACHER}
_FIRST_DAY = date(2025, 9, 1)


class Staff(NamedTuple):
    """Who signs: the headmaster approves, the librarian handles, somebody else receives."""

    principal: str
    librarian: str
    deputy: str


# Their surnames stand with no other person of the school.
STAFF = Staff("周怀谷", "苏晓禾", "方启明")


class People(NamedTuple):
    """The classes and everyone who holds a card on the first day of the school year."""

    classes: list[ClassRow]
    readers: list[ReaderRow]
    spare_names: list[str]


def people(rng: Random, scale: Scale) -> People:
    """Classes with their teachers and pupils. `spare_names` are for those who come later."""
    spare = 4
    names = _names(rng, scale.pupils + scale.teachers + spare)
    teachers, pupils = names[: scale.teachers], names[scale.teachers : -spare]
    classes = list(_classes(teachers, scale))
    return People(classes, [*_pupil_cards(pupils, classes), *_teacher_cards(teachers, classes)], names[-spare:])


def _names(rng: Random, count: int) -> list[str]:
    drawn = rng.sample(range(len(_SURNAMES) * len(_FIRST) * len(_SECOND)), count)
    return [_name(number) for number in drawn]


def _name(number: int) -> str:
    number, second = divmod(number, len(_SECOND))
    surname, first = divmod(number, len(_FIRST))
    return _SURNAMES[surname] + _FIRST[first] + _SECOND[second]


def _classes(teachers: list[str], scale: Scale) -> Iterator[ClassRow]:
    total = 6 * scale.classes_per_grade
    for index in range(total):
        grade, number = index // scale.classes_per_grade + 1, index % scale.classes_per_grade + 1
        # Neighbouring classes differ a little in size and together make up the difference.
        differ = (index // 2 % 3) * (1 if index % 2 else -1)
        pupils = scale.pupils * (index + 1) // total - scale.pupils * index // total + differ
        yield ClassRow(
            index + 2,
            f"{numeral(grade)}（{number}）班",
            grade,
            teachers[index],
            pupils,
            _LENDING.get(grade, ClassLending.PERSONAL),
            None,
        )


def _pupil_cards(names: list[str], classes: list[ClassRow]) -> Iterator[ReaderRow]:
    width = max(4, len(str(len(names) + 9)))
    number = 0
    for row in classes:
        for _ in range(row.pupils):
            number += 1
            yield _card(
                f"S{number:0{width}}",
                names[number - 1],
                ReaderKind.PUPIL,
                row.class_name,
                date(2026 - row.grade, 9, 1),
            )


def _teacher_cards(names: list[str], classes: list[ClassRow]) -> Iterator[ReaderRow]:
    width = max(3, len(str(len(names))))
    for number, name in enumerate(names, 1):
        taught = classes[(number - 1) % len(classes)].class_name
        yield _card(f"T{number:0{width}}", name, ReaderKind.TEACHER, taught, date(2019, 9, 2))


def newcomer(cards: list[ReaderRow], name: str, class_name: str, today: date) -> ReaderRow:
    """The card of a pupil who comes during the year: the next number."""
    last = max(card.reader_no for card in cards if card.kind is ReaderKind.PUPIL)
    number = f"S{int(last[1:]) + 1:0{len(last) - 1}}"
    return ReaderRow(0, number, name, ReaderKind.PUPIL, class_name, today, None, None, "转入")


def _card(reader_no: str, name: str, kind: ReaderKind, class_name: str, issued_on: date) -> ReaderRow:
    return ReaderRow(0, reader_no, name, kind, class_name, min(issued_on, _FIRST_DAY), None, None, None)
