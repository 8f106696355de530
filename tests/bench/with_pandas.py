"""The core of the check as people write it with pandas and openpyxl; prints how often each rule is broken, as JSON.

It takes clean types for granted (no 2025.9.1 as text, no lost zeros), reads only the eight sheets it needs and knows
22 of the rules, so that it has less to do than `schoollib check`.
"""

import json
import sys
from typing import Any

import pandas as pd

LETTERS = list("ABCDEFGHIJKNOPQRSTUVXZ")
CODES = {"个别登记号": str, "总括登记号": str, "注销批号": str, "读者证号": str, "借阅序号": str, "ISBN": str}
SHEETS = ["基本信息", "总括登记账", "个别登记账", "分类统计账", "注销登记账", "借阅登记账", "读者名册", "借阅规则"]
DAYS = {"星期一": 0, "星期二": 1, "星期三": 2, "星期四": 3, "星期五": 4, "星期六": 5, "星期日": 6}

Frames = dict[str, pd.DataFrame]
Counts = dict[str, int]


def read(path: str) -> Frames:
    """The sheets the rules need, their dates as dates."""
    frames: Frames = pd.read_excel(path, sheet_name=[*SHEETS, "校历", "开放时间"], dtype=CODES, engine="openpyxl")
    for frame in frames.values():
        for column in frame.columns:
            if str(column).endswith(("日期", "日起")) or column in ("开始", "结束"):
                frame[column] = pd.to_datetime(frame[column], errors="coerce")
    return frames


def copies_rules(copies: pd.DataFrame, batches: pd.DataFrame, gone: pd.DataFrame) -> Counts:
    """One number, one copy; every copy has its batch; both ledgers agree on what was written off."""
    in_turn = copies.sort_values("登记日期", kind="stable")
    first = in_turn.drop_duplicates("个别登记号").set_index("个别登记号")["注销日期"]
    later = in_turn[in_turn.duplicated("个别登记号")]
    reused = later["个别登记号"].map(first) <= later["登记日期"]
    opened = batches.loc[batches["收支"] == "期初", "登记日期"].min()
    marked = copies[copies["注销日期"].notna() | copies["注销批号"].notna()]
    marked = marked[~(marked["注销日期"] < opened)]
    known = copies.drop_duplicates("个别登记号")
    unmarked = known[known["注销日期"].isna()]
    strange = copies.loc[~copies["总括登记号"].isin(batches["总括登记号"]), "总括登记号"]
    return {
        "ACC001": int((~reused).sum()),
        "ACC301": strange.nunique(),
        "ACC351": int((~marked["个别登记号"].isin(gone["个别登记号"])).sum()),
        "ACC352": int(unmarked["个别登记号"].isin(gone["个别登记号"]).sum()),
    }


def batch_rules(copies: pd.DataFrame, batches: pd.DataFrame) -> Counts:
    """A batch's copies, money and classes as counted from its copies; its running total."""
    copies = copies.assign(大类=copies["分类号"].str[0].str.upper(), 分=(copies["单价"] * 100).round().astype("int64"))
    by_batch = copies.groupby("总括登记号")
    entered = batches[batches["收支"] != "注销"].set_index("总括登记号")
    number = by_batch.size().reindex(entered.index, fill_value=0)
    cents = by_batch["分"].sum().reindex(entered.index, fill_value=0)
    stated = entered[LETTERS].fillna(0)
    counted = pd.crosstab(copies["总括登记号"], copies["大类"]).reindex(entered.index, columns=LETTERS, fill_value=0)
    return {
        "SUM201": int((batches[LETTERS].fillna(0).sum(axis=1) != batches["册数"]).sum()),
        "SUM301": int((number != entered["册数"]).sum()),
        "SUM302": int((cents != (entered["码洋"] * 100).round()).sum()),
        "SUM304": int((counted != stated).sum().sum()),
    }


def class_rules(classes: pd.DataFrame) -> Counts:
    """Opening, additions and withdrawals make the closing stock; each period opens with the last one's."""
    counts = {}
    for unit, closing_code, opening_code in (("册数", "CLS201", "CLS203"), ("金额", "CLS202", "CLS204")):
        opening, added, removed, closing = (
            (classes[f"{part}{unit}"] * 100).round() for part in ("期初", "增加", "减少", "期末")
        )
        adds_up = opening + added - removed == closing
        rows = classes.assign(期初=opening, 期末=closing, 平=adds_up).sort_values("起始日期", kind="stable")
        before = rows.groupby("类号")[["期末", "平"]].shift()
        counts[closing_code] = int((~adds_up).sum())
        counts[opening_code] = int((before["平"].eq(True) & (before["期末"] != rows["期初"])).sum())
    return counts


def loan_rules(loans: pd.DataFrame, frames: Frames) -> Counts:
    """Every loan has its copy and reader; dates in order; no copy lent twice at once or when written off."""
    copies, readers = frames["个别登记账"], frames["读者名册"]
    as_of = pd.Timestamp(frames["基本信息"].set_index("项目")["内容"]["截止日期"])
    is_open = loans["归还日期"].isna() & loans["归还情况"].isna()
    known = copies.drop_duplicates("个别登记号").set_index("个别登记号")
    unknown_copies = loans.loc[~loans["个别登记号"].isin(known.index), "个别登记号"]
    unknown_readers = loans.loc[~loans["读者证号"].isin(readers["读者证号"]), "读者证号"]
    entered = frames["注销登记账"].drop_duplicates("个别登记号").set_index("个别登记号")["注销日期"]
    days = known["注销日期"].fillna(pd.Series(known.index.map(entered), index=known.index))
    written_off = loans["个别登记号"].map(days)
    gone = written_off.notna()
    still_out = gone & (is_open | (loans["归还日期"] > written_off)) & (loans["借出日期"] < written_off)
    return {
        "CIR102": int((loans["归还日期"] < loans["借出日期"]).sum()),
        "CIR107": int((loans["归还情况"].notna() & loans["归还日期"].isna()).sum()),
        "CIR108": int((loans["归还情况"].isna() & loans["归还日期"].notna()).sum()),
        "CIR301": unknown_copies.nunique(),
        "CIR302": loans.loc[gone & (loans["借出日期"] >= written_off), "个别登记号"].nunique(),
        "CIR303": int(still_out.sum()),
        "CIR304": overlapping(loans[loans["个别登记号"].isin(known.index)], is_open),
        "CIR305": unknown_readers.nunique(),
        "CIR902": int((is_open & (loans["应还日期"] < as_of)).sum()),
    }


def overlapping(loans: pd.DataFrame, is_open: pd.Series) -> int:
    """How many loans began before an earlier one of the same copy had ended."""
    ended = loans["归还日期"].fillna(loans["借出日期"]).mask(is_open, pd.Timestamp.max)
    in_turn = loans.assign(止=ended).sort_values(["个别登记号", "借出日期", "止"], kind="stable")
    until_then = in_turn.groupby("个别登记号")["止"].cummax()
    before = until_then.groupby(in_turn["个别登记号"]).shift()
    return int((in_turn["借出日期"] < before).sum())


def due_dates_differ(loans: pd.DataFrame, frames: Frames) -> int:
    """How many due dates differ from the rule for all pupils or all teachers, moved to the next open day."""
    loans = loans[loans["读者证号"].isin(frames["读者名册"]["读者证号"])]
    teachers = frames["读者名册"].set_index("读者证号")["读者类别"].eq("教师")
    is_teacher = loans["读者证号"].map(teachers.groupby(level=0).first())
    rules = frames["借阅规则"]
    general = rules[rules["年级"].isna() & rules["班级"].isna()].set_index("读者类别")
    for_all, for_teachers = general.iloc[0], general.loc["教师"]
    days = is_teacher.map({True: for_teachers["借期天数"], False: for_all["借期天数"]})
    since = is_teacher.map({True: for_teachers["自何日起"], False: for_all["自何日起"]})
    target = loans["借出日期"] + pd.to_timedelta(days * (1 + loans["续借次数"].fillna(0)), unit="D")
    right = pd.Series(pd.NaT, index=loans.index, dtype=target.dtype)
    for audience, mask in (("教师", is_teacher), ("学生", ~is_teacher)):
        right[mask] = target[mask].map(next_open_days(frames, audience))
    right = right.fillna(target).where(loans["借出日期"] >= since)
    right = right.mask(loans["借阅方式"] == "室内", loans["借出日期"])
    right = right.mask(loans["借阅方式"] == "班级", loans["借出日期"].map(term_ends(frames["基本信息"])))
    return int((right.notna() & (right != loans["应还日期"])).sum())


def next_open_days(frames: Frames, audience: str) -> dict[Any, Any]:
    """Each day of the calendar with the day itself or the next one on which the library is open."""
    hours = frames["开放时间"]
    weekdays = set(hours.loc[hours["对象"].isin([audience, "全体"]), "星期"].map(DAYS))
    calendar, span = frames["校历"], (frames["校历"]["开始"].min(), frames["校历"]["结束"].max())
    days, following = pd.date_range(*span), {}
    coming = None
    for day in reversed(days):
        kinds = calendar[(calendar["开始"] <= day) & (calendar["结束"] >= day)].set_index("类别")
        timetable = day.weekday() if day.weekday() < 5 and "上课" in kinds.index and "放假" not in kinds.index else None
        if "补课" in kinds.index:
            timetable = DAYS.get(kinds.loc["补课", "补星期"], day.weekday())
        coming = day if timetable in weekdays else coming
        following[day] = coming
    return following


def term_ends(settings: pd.DataFrame) -> dict[Any, Any]:
    """Each day of both terms with the last day of its term."""
    value = settings.set_index("项目")["内容"]
    terms = [(value[f"{which}开始"], value[f"{which}结束"]) for which in ("学期", "上学期")]
    return {day: pd.Timestamp(end) for start, end in terms for day in pd.date_range(start, end)}


def main() -> None:
    """Read the workbook named on the command line and print the counts."""
    frames = read(sys.argv[1])
    copies, loans = frames["个别登记账"], frames["借阅登记账"]
    counts = {
        **copies_rules(copies, frames["总括登记账"], frames["注销登记账"]),
        **batch_rules(copies, frames["总括登记账"]),
        **class_rules(frames["分类统计账"]),
        **loan_rules(loans, frames),
        "CIR103": due_dates_differ(loans, frames),
    }
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
