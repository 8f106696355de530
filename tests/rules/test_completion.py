"""What the words of 完成情况 say."""

import pytest

from schoollib_xl.rules.completion import Completion, completion, is_mark

SAID = {
    Completion.DONE: (
        "已完成 完成 √ 是 10月24日 24名上岗 按表进行 已注销 检查未发现问题 没有问题，已上架 "
        "改到10月24日，已举办 100% 修补6册 12月10日办结 按期举办"
        "未按时完成，5月补做 没有完成，后来补上 未如期举行，5月10日举行 没有完成（5月补做） 推迟到5月完成 "
        "延期，6月完成 因雨未按时举行，已补办 未及时上架，已全部上架 已完成，但没有按时 基本完成 改为线上举办 补登3册 "
        "按要求补做 计划2次，完成2次 按计划进行 已落实 验收合格 完成100% "
        "没有破损 未间断 没耽误 没有学生受伤 没有经费，自己修了六册 未超期 没忘 下周的也出了 没有意见 差不多了 "
        "未见霉变 没花钱 未出差错 办成了 弄好了 雨停后办完 收齐了，没遗漏 检查四次，没有发现问题 等级评定完成 "
        "学生没人缺席 没有要修的 没新增"
    ),
    Completion.NOT_DONE: (
        "未完成 没有完成 没做 尚未开展 没能如期举行 否 × FALSE 无 未 还没有装订 未按时完成 未补做 没有补上 "
        "未按时完成，仍未补做 10月补做，未完成 未按时完成，不再补做 "
        "待完成 待定 计划下周做 拟12月举办 还没 还没有 完成不了 办不成 待审批 没出 没有出 还没去。 一直没修 "
        "没检查 未张贴 没培训 忘了 忘记做了 没有条件 没经费，没出 缺人手 "
        "因雨没搞成 没弄起来 人太少，没搞 报了，没批 书没到货 老师请假没讲 等县里通知 没人报名 没请到作家"
    ),
    Completion.BEGUN: (
        "修了六册，没修完 "
        "进行中 正在修补 完成一半 部分完成 80% 还差两个班 完成60% 未全部完成，还差一个班 没有按时完成，正在补做 "
        "已完成80% 完成率50% 完成2/3 待验收"
    ),
    Completion.PUT_OFF: (
        "推迟到下学期 因大雪延期 改到下学期 暂缓 下学期再办 改为下学期举办 未完成，待补做 未完成，下学期补做 "
        "推迟到5月20日举行 推迟到下学期完成 下学期完成 下个月开展 搁置 "
        "下周补 下个星期补上 下周再出 过几天补 有空再补 等下学期 明年再说 拖到下学期 缓办 暂不开展"
    ),
    Completion.CALLED_OFF: (
        "因疫情取消 取消 停办 不做了 今年不办了 没有条件，免了 免了 不出了 算了 没有经费，不搞了 "
        "吹了 不了了之 中止 不办"
    ),
}


def test_the_words_of_every_school_are_understood() -> None:
    said = [(text, meant) for meant, texts in SAID.items() for text in texts.split()]
    assert [(text, completion(text)) for text, _ in said] == said


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
        ("两次只办了一次", None, Completion.BEGUN),
        ("—", None, Completion.SILENT),
        ("停。", None, Completion.CALLED_OFF),
        ("缺", None, Completion.NOT_DONE),
    ],
)
def test_fewer_times_than_planned_is_begun(text: str, planned: int | None, meant: Completion) -> None:
    assert completion(text, planned) is meant


@pytest.mark.parametrize(
    ("month", "meant"), [(4, Completion.PUT_OFF), (5, Completion.DONE), (7, Completion.DONE), (11, Completion.PUT_OFF)]
)
def test_what_is_made_up_for_in_a_month_to_come_is_not_done_yet(month: int, meant: Completion) -> None:
    assert completion("未按时完成，5月补做", None, month) is meant


def test_a_mark_is_no_word_to_be_printed() -> None:
    assert all(map(is_mark, ("×", "否。", " 无", "X")))
    assert not any(map(is_mark, ("未完成", "推迟到下学期", "无人参加")))
