"""自检: what works on this PC, each with a sentence; nothing is installed, and what is written is taken away again."""

import socket
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from schoollib_xl.actions.checking import check
from schoollib_xl.drafts import draft_in
from schoollib_xl.portable.listing import LISTING, damaged
from schoollib_xl.portable.system import System
from schoollib_xl.serve.wps import installed
from schoollib_xl.sheets.opening.refusing import Unusable
from schoollib_xl.wording.answer import Answer, Section, Table

BLANK = Path("空白工作簿", "图书室七本账.xlsx")
_OLDEST_WINDOWS = 10
_BITS = 64
# What Windows takes of a path where nobody has lifted the limit (MAX_PATH, with its closing zero).
_LONGEST_PATH = 259
_SHOWN = 5
# The fonts of the papers (GB/T 9704 and what schools use for it) and the files a Chinese Windows has them in.
_FONTS = {
    "宋体": ("simsun.ttc",),
    "黑体": ("simhei.ttf",),
    "仿宋": ("simfang.ttf",),
    "楷体": ("simkai.ttf",),
}


WITH_WPS_BUTTONS = "有WPS表格，图书室的按钮装好了；按按钮以前先双击“开始.cmd”。"
WITHOUT_WPS_BUTTONS = "有WPS表格；用“开始.cmd”打开图书室的网页，每个命令都有按钮；要在WPS里按，双击“安装WPS按钮.cmd”。"


class SelfCheck(NamedTuple):
    """What was tried, whether it works, and a sentence."""

    subject: str
    is_good: bool
    sentence: str


def self_check_answer(results: Iterable[SelfCheck]) -> Answer:
    """The results as an answer."""
    shown = list(results)
    bad = sum(not result.is_good for result in shown)
    sentence = f"有 {bad} 项要留意，看下面的说明。" if bad else "这台电脑上都能用。"
    rows = [(("　" if result.is_good else "！") + result.subject, result.sentence) for result in shown]
    return Answer("自检", (sentence,), (Section("逐项", (24, 60), (), (Table("", (), rows),)),))


def examined(root: Path, system: System) -> list[SelfCheck]:
    """Try everything. `root` is the folder of the package."""
    return [
        _windows(system),
        _python(system),
        _files(root),
        _path_lengths(root),
        _reads(root / BLANK),
        _writes("在这个文件夹里写", root, "这里只能看不能写，要写结果的时候另选一个文件夹；U盘有写保护开关就拨开。"),
        _writes("临时文件", Path(tempfile.gettempdir()), "临时文件夹写不了，Excel里的按钮用不了，找管电脑的人看一看。"),
        _page(),
        _browser(system),
        _fonts(system),
        _spreadsheets(system),
        _word_processors(system),
    ]


def _windows(system: System) -> SelfCheck:
    is_good = system.version[:1] >= (_OLDEST_WINDOWS,)
    shown = ".".join(map(str, system.version))
    sentence = (
        f"Windows {shown}。" if is_good else f"要Windows 10以上；这里是{f'Windows {shown}' if shown else '别的系统'}。"
    )
    return SelfCheck("系统", is_good, sentence)


def _python(system: System) -> SelfCheck:
    version = ".".join(map(str, sys.version_info[:3]))
    is_good = system.bits == _BITS and bool(sys.flags.isolated)
    alone = (
        "用的是自带的一份，和电脑上别的Python不相干。"
        if is_good
        else "不是这个文件夹里自带的那一份，从“自检.cmd”打开再看。"
    )
    return SelfCheck("Python", is_good, f"{version}，{alone}")


def _files(root: Path) -> SelfCheck:
    try:
        wrong = sorted(damaged(root))
    except OSError:
        return SelfCheck("文件", False, f"没有“{LISTING}”，把压缩包重新解压一遍。")
    if wrong:
        some = "、".join(wrong[:_SHOWN]) + ("等" if len(wrong) > _SHOWN else "")
        return SelfCheck(
            "文件", False, f"{len(wrong)} 个文件缺了或者变了：{some}；把压缩包重新解压一遍，自己的工作簿不会动。"
        )
    return SelfCheck("文件", True, "都在，和清单一样。")


def _path_lengths(root: Path) -> SelfCheck:
    longest = max((len(str(path)) for path in root.rglob("*")), default=0)
    if longest > _LONGEST_PATH:
        return SelfCheck(
            "文件夹的位置", False, f"太深了，最长的文件名有 {longest} 个字；搬到浅一点的地方，如 D:\\图书室。"
        )
    return SelfCheck("文件夹的位置", True, f"{root}。")


def _reads(workbook: Path) -> SelfCheck:
    began = perf_counter()
    try:
        checked = check(workbook, None)
    except (Unusable, OSError, ImportError) as refusal:
        return SelfCheck("读账、核对", False, f"{refusal}")
    seconds = perf_counter() - began
    return SelfCheck(
        "读账、核对", True, f"读了空白工作簿，核对 {checked.report.checks_run} 项，用了 {seconds:.1f} 秒。"
    )


def _writes(subject: str, folder: Path, otherwise: str) -> SelfCheck:
    try:
        with draft_in(folder) as draft:
            draft.write_text("试写", encoding="utf-8")
    except OSError:
        return SelfCheck(subject, False, otherwise)
    return SelfCheck(subject, True, "能写。")


def _page() -> SelfCheck:
    try:
        with socket.create_server(("127.0.0.1", 0)):
            pass
    except OSError:
        return SelfCheck("本机网页", False, "电脑不让程序在本机开网页，“开始.cmd”用不了；命令和Excel里的按钮照样能用。")
    return SelfCheck("本机网页", True, "能开，只在这台电脑上看得见。")


def _browser(system: System) -> SelfCheck:
    known = sorted(system.programs & {"msedge.exe", "chrome.exe", "firefox.exe"})
    if system.browser or known:
        return SelfCheck("浏览器", True, "有。")
    return SelfCheck("浏览器", False, "没有找到；“开始.cmd”会写出网址，抄到能用的浏览器里打开。")


def _fonts(system: System) -> SelfCheck:
    missing = [name for name, files in _FONTS.items() if not system.fonts & set(files)]
    if missing:
        return SelfCheck("字体", False, f"没有找到{'、'.join(missing)}；文书照样能写，Word或WPS会换成相近的字体。")
    return SelfCheck("字体", True, f"{'、'.join(_FONTS)}都有；标题的方正小标宋简体要另装，没有就显示成宋体。")


def _spreadsheets(system: System) -> SelfCheck:
    has = system.programs.__contains__
    if has("excel.exe"):
        return SelfCheck("表格软件", True, "有Excel，用 .xlsm 工作簿里的按钮。")
    if has("et.exe"):
        return SelfCheck("表格软件", True, WITH_WPS_BUTTONS if any(installed()) else WITHOUT_WPS_BUTTONS)
    return SelfCheck("表格软件", False, "没有找到Excel和WPS表格；核对、定额、总结照样能做，改账要有其中一个。")


def _word_processors(system: System) -> SelfCheck:
    if system.programs & {"winword.exe", "wps.exe"}:
        return SelfCheck("文字软件", True, "有，计划和总结能打开改。")
    return SelfCheck("文字软件", False, "没有找到Word和WPS文字；计划和总结照样能写成，到别的电脑上打开。")
