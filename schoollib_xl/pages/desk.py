"""The desk's page: one box, what was answered last, the reader's copies, what was done, what is still to be copied."""

from collections.abc import Iterator, Sequence

from schoollib_xl.desk.lines import DeskLine, DeskMark
from schoollib_xl.desk.replay import Replayed
from schoollib_xl.ledgers.circulation import LoanRow
from schoollib_xl.ledgers.library import Library
from schoollib_xl.pages.answer import answer_html
from schoollib_xl.pages.document import Html, element, together
from schoollib_xl.pages.scanning import scan_answer, scan_input
from schoollib_xl.pages.serving import page
from schoollib_xl.quotas.borrowing.allowance import Allowance
from schoollib_xl.wording.desk.desk_journal import line_words, pasteable, pending_answer, sheet_rows
from schoollib_xl.wording.desk.desk_page import held_words, reader_sentence

_HELP = (
    ("扫读者证", "打开这位读者；再扫书，在馆的借出，借出去的还回来"),
    ("F2", "答“是”"),
    ("F4", "下一册续借"),
    ("F9", "下一册记遗失"),
    ("F8", "撤销上一笔"),
    ("Esc", "清掉，等下一位"),
)
_BUTTONS = (("renew", "续借 F4"), ("lose", "遗失 F9"), ("undo", "撤销上一笔 F8"), ("next", "下一位 Esc"))


def desk_page(workbook: str, today: str, pending: Html, done: Html) -> str:
    """The whole page."""
    main = element(
        "main",
        _scan_form(),
        scan_answer(),
        element("div", id="ask", hidden="hidden", role="group", aria_label="要先答一声"),
        _buttons(today),
        element("section", element("h2", "这位读者"), element("div", id="reader"), id="who", hidden="hidden"),
        element("section", element("h2", "刚才记的"), element("ol", done, id="done")),
        _not_entered(pending),
        element("details", element("summary", "按键"), _keys()),
        class_="desk",
    )
    nav = element("nav", element("a", "回到账册", href="./"), element("span", workbook, class_="aside"))
    return page(f"借还台 {workbook}", "desk.js", element("header", element("h1", "借还台"), nav), main)


def _scan_form() -> Html:
    return element(
        "form",
        element("label", "扫读者证或书", for_="code"),
        scan_input(aria_describedby="mode"),
        element("p", id="mode", class_="aside"),
        id="scan",
    )


def _buttons(today: str) -> Html:
    return element(
        "p",
        *(element("button", text, type="button", id=name) for name, text in _BUTTONS),
        element("label", " 补记的日期 ", element("input", type="date", id="day", max=today)),
    )


def _not_entered(pending: Html) -> Html:
    heading = element("h2", "还没有抄到账上的")
    return element("section", heading, element("div", pending, id="pending"), element("p", id="written"))


def _keys() -> Html:
    rows = (element("div", element("dt", key), element("dd", said)) for key, said in _HELP)
    return element("dl", *rows, class_="keys")


def reader_html(allowed: Allowance | None) -> Html:
    """The reader whose card lies on the desk, with every copy at home and what can be done with it."""
    if allowed is None:
        return Html()
    held = (
        element(
            "li",
            element("b", f"《{one.loan.title or one.loan.accession_no}》"),
            f" {one.loan.accession_no} ",
            element("span", held_words(one.due_on, one.days_overdue), class_="late" if one.days_overdue else "aside"),
            _act(one.loan, "续借"),
            _act(one.loan, "遗失"),
        )
        for one in allowed.on_loan
    )
    return together(element("p", reader_sentence(allowed), class_="verdict"), element("ul", *held))


def _act(loan: LoanRow, act: str) -> Html:
    return element("button", act, type="button", data_act=act, data_code=loan.accession_no)


def done_html(lines: Sequence[DeskLine], library: Library | None) -> Html:
    """What was done last, newest first."""
    return together(*(element("li", line_words(line, library), data_line=line.id) for line in lines))


def pending_html(replayed: Replayed, unread: Sequence[str]) -> Html:
    """What is still to be copied, each block ready for the clipboard."""
    said = (element("p", sentence, class_="trouble", role="alert") for sentence in unread)
    answer = answer_html(pending_answer(replayed), "h3")
    write = element("button", "写成借还流水_待抄.xlsx", type="button", id="write")
    is_any = replayed.waiting or replayed.misfits or replayed.lost
    return together(*said, *_blocks(replayed), answer, *_settling(len(replayed.lost)), write if is_any else Html())


def _settling(count: int) -> Iterator[Html]:
    """What can be done with lines that the ledger has lost."""
    for what, text in ((DeskMark.REOPENED, "重新列为待抄"), (DeskMark.DROPPED, "不再提")) if count else ():
        yield element("button", f"{text}（{count} 笔）", type="button", data_settle=what.value, data_known=str(count))


def _blocks(replayed: Replayed) -> Iterator[Html]:
    for name, rows in (("新借的", replayed.loans), ("赔偿", replayed.incidents)):
        if rows:
            text = pasteable(sheet_rows(replayed.base, type(rows[0]), rows)[1])
            yield element(
                "p",
                element("button", f"复制{name} {len(rows)} 行", type="button", data_copy=f"copy-{name}"),
                element(
                    "textarea", text, id=f"copy-{name}", readonly="readonly", rows="2", aria_label=f"{name}，可以复制"
                ),
            )
