"""What the words of 完成情况 say."""

import pytest

from schoollib_xl.rules.completion import Completion, completion

SAID = {
    Completion.DONE: (
        "已完成 完成 √ 是 10月24日 24名上岗 按表进行 已注销 检查未发现问题 没有问题，已上架 "
        "改到10月24日，已举办 100% 修补6册 12月10日办结 按期举办"
    ),
    Completion.NOT_DONE: "未完成 没有完成 没做 尚未开展 没能如期举行 否 × 无 未 还没有装订",
    Completion.BEGUN: "进行中 正在修补 完成一半 部分完成 80% 还差两个班 完成60% 未全部完成，还差一个班",
    Completion.PUT_OFF: "推迟到下学期 因大雪延期 改到下学期 暂缓 下学期再办",
    Completion.CALLED_OFF: "因疫情取消 取消 停办",
}


@pytest.mark.parametrize(("meant", "text"), [(meant, text) for meant, texts in SAID.items() for text in texts.split()])
def test_the_words_of_every_school_are_understood(meant: Completion, text: str) -> None:
    assert completion(text) is meant


def test_a_blank_says_nothing() -> None:
    assert completion(None) is completion("　") is Completion.SILENT


@pytest.mark.parametrize(
    ("text", "planned", "meant"),
    [
        ("做了一次", 2, Completion.BEGUN),
        ("2次", 2, Completion.DONE),
        ("检查3次", 5, Completion.BEGUN),
        ("出了两期", 2, Completion.DONE),
        ("第 11 期", 1, Completion.DONE),
        ("一次", None, Completion.DONE),
    ],
)
def test_fewer_times_than_planned_is_begun(text: str, planned: int | None, meant: Completion) -> None:
    assert completion(text, planned) is meant
