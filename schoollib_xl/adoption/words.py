"""The words of old lists that stand in no column of ours: what was done, who need not be known, totals."""

from collections.abc import Mapping

# What an event says was done.
BORROWED, RETURNED, LOST, RENEWED = "借", "还", "丢", "续"
ACTIONS: Mapping[str, str] = {
    **dict.fromkeys(("借书", "借", "借出", "借阅", "外借", "借", "出借"), BORROWED),
    **dict.fromkeys(("还书", "还", "归还", "还入", "已还", "还"), RETURNED),
    **dict.fromkeys(("丢书", "丢", "丢失", "遗失", "报失", "挂失", "丢书赔偿"), LOST),
    **dict.fromkeys(("续借", "续", "续期"), RENEWED),
}

# The law on personal information allows no more than the purpose needs (个人信息保护法第六条).
PERSONAL = ("身份证", "证件", "电话", "手机", "住址", "地址", "家庭", "照片", "民族", "出生", "生日", "监护人", "家长",
            "邮箱", "QQ", "微信", "银行", "性别", "户籍", "籍贯")  # fmt: skip
ROW_NUMBERS = ("序号", "行号", "No", "NO", "No.", "NO.", "号次", "顺序号", "序")
TOTALS = ("合计", "小计", "总计", "共计", "累计", "本页", "本期合计", "本月合计", "总 计", "合 计")
