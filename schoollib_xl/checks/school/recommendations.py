"""推荐书目 (REC) and 分类统计账's 类名 (CLS): words copied from elsewhere, against what they were copied from."""

from collections.abc import Iterator

from schoollib_xl.checks.check import Found, Severity, check, found
from schoollib_xl.ledgers.accession import AccessionRow
from schoollib_xl.ledgers.classification import ClassificationRow
from schoollib_xl.ledgers.grades import grades_of
from schoollib_xl.ledgers.identifiers import is_isbn
from schoollib_xl.ledgers.library import Library
from schoollib_xl.ledgers.schema import cell
from schoollib_xl.ledgers.supporting.activities import RecommendationRow
from schoollib_xl.ledgers.vocabulary import CLASS_NAMES
from schoollib_xl.rules.class_periods import class_periods, letter_of
from schoollib_xl.rules.likeness import bare, same_author, same_title
from schoollib_xl.rules.titles import TITLE_FIELDS, titles_as_written

_OF_SEVERAL = "科学"


@check(
    "CLS004",
    title="类名不是这一类的",
    message="{letter} 类的类名写的是“{class_name}”，那是 {other} 类的。",
    why="类号和类名不是一类，就不知道这一行统计的是哪一类。",
    fix="先看这一行的数是哪一类的；类号错了改类号，类名错了改类名。",
    severity=Severity.WARNING,
    reads={ClassificationRow: "starts_on ends_on class_letter class_name"},
)
def name_of_another_class(library: Library) -> Iterator[Found]:
    letters = {part: letter for letter, name in CLASS_NAMES.items() for part in _parts(name)}
    firsts = (row for period in library.derive(class_periods) for row in period.by_class.values())
    for row in firsts:
        meant = {letters[part] for part in _parts(row.class_name or "") if part in letters}
        if len(meant) == 1 and letter_of(row) not in meant:
            yield found(cell(row, "class_name"), cell(row, "class_letter"), letter=letter_of(row), other=meant.pop())


def _parts(name: str) -> Iterator[str]:
    """What a class is called in short: 哲学 and 宗教, 生物 of 生物科学. What several classes may be called is none."""
    for part in name.replace("和", "、").split("、"):
        short = bare(part).removesuffix("类").removesuffix("总论")
        if short != _OF_SEVERAL:
            yield from {short, short.removesuffix(_OF_SEVERAL)}


@check(
    "REC001",
    title="一个年级推荐了两遍",
    message="{grade} 年级前面已经推荐过《{title}》。",
    why="写两遍，推荐书的种数就多算了。",
    fix="先看两行的书名和年级；抄错了就改正，写了两遍就只留一行。",
    severity=Severity.WARNING,
    reads={RecommendationRow: "grade title author isbn"},
)
def recommended_twice(library: Library) -> Iterator[Found]:
    first: dict[tuple[object, ...], RecommendationRow] = {}
    for row in library[RecommendationRow]:
        title = (bare(row.title), bare(row.author or ""), bare(row.isbn or ""))
        before = [(grade, first.setdefault((grade, *title), row)) for grade in grades_of(row.grade)]
        grade, earlier = next(((grade, one) for grade, one in before if one is not row), (None, row))
        if grade is not None:
            yield found(cell(row, "title"), cell(earlier, "title"), grade=grade)


@check(
    "REC011",
    title="推荐书目的 ISBN 算不对",
    message="《{title}》的 ISBN“{isbn}”最后一位和前面的数字对不上。",
    why="ISBN 抄错一位，查馆藏和补书时会找错书。",
    fix="先看书目或版权页，再改正；原书目就印错的，把 ISBN 清空。",
    severity=Severity.WARNING,
    reads={RecommendationRow: "title isbn"},
)
def recommended_isbn_wrong(library: Library) -> Iterator[Found]:
    for row in library[RecommendationRow]:
        if row.isbn and len(bare(row.isbn)) in (10, 13) and not is_isbn(row.isbn):
            yield found(cell(row, "isbn"))


@check(
    "REC301",
    title="推荐书目的 ISBN 是另一种书的",
    message="推荐的《{title}》写的是 ISBN {isbn}，个别账里它是《{entered}》。",
    why="书名和 ISBN 不是一种书，就数不出馆里有几册。",
    fix="先看版权页；ISBN 错了改 ISBN，书名错了改书名。",
    severity=Severity.WARNING,
    reads={RecommendationRow: "title isbn", AccessionRow: "title isbn"},
    may_read={AccessionRow: " ".join(TITLE_FIELDS)},
)
def recommended_isbn_of_another_title(library: Library) -> Iterator[Found]:
    wanted = {bare(row.isbn) for row in library[RecommendationRow] if row.isbn}
    held: dict[str, list[AccessionRow]] = {}
    for (*_, isbn), own in library.derive(titles_as_written).items() if wanted else ():
        if isbn and bare(isbn) in wanted:
            held.setdefault(bare(isbn), []).extend(own)
    for row in library[RecommendationRow]:
        copies = held.get(bare(row.isbn or ""), [])
        if copies and not any(same_title(row.title, copy.title) for copy in copies):
            others = cell(copies[0], "title"), cell(row, "isbn")
            yield found(cell(row, "title"), *others, entered=copies[0].title)


@check(
    "REC302",
    title="推荐书目的著者和个别账不一样",
    message="推荐的《{title}》著者是{author}，个别账里这种书的著者是{entered}。",
    why="著者不是一个人，可能是另一种同名的书，也可能抄错了一处。",
    fix="先看版权页；抄错了就改正，是另一种同名的书就不用动。",
    severity=Severity.HINT,
    reads={RecommendationRow: "title author isbn", AccessionRow: "title author isbn"},
    may_read={AccessionRow: " ".join(TITLE_FIELDS)},
)
def recommended_author_differs(library: Library) -> Iterator[Found]:
    wanted = {_title_and_isbn(row) for row in library[RecommendationRow] if row.author}
    held: dict[tuple[str, str], list[AccessionRow]] = {}
    titles = {title for title, _ in wanted}
    for (title, *_), own in library.derive(titles_as_written).items() if wanted else ():
        if bare(title or "") in titles:
            held.setdefault(_title_and_isbn(own[0]), []).extend(own)
    for row in library[RecommendationRow]:
        title, isbn = _title_and_isbn(row)
        copies = [copy for (name, number), found in held.items() if name == title for copy in found]
        same = held.get((title, isbn), []) if isbn else []
        judged = same or copies
        if row.author and judged and all(copy.author and not same_author(row.author, copy.author) for copy in judged):
            yield found(cell(row, "author"), cell(judged[0], "author"), entered=judged[0].author)


def _title_and_isbn(row: AccessionRow | RecommendationRow) -> tuple[str, str]:
    return bare(row.title), bare(row.isbn or "")
