"""What the resident program and its page say."""

from datetime import datetime

from schoollib_xl.wording.zh import say

TITLE = "图书室七本账"
NO_SCRIPT = "浏览器没有开脚本，这一页不会自己更新；改了账以后按 F5。"
STOPPED = "程序已经停了，这一页不再更新，下面是停以前的样子。要接着用，重新打开图书室。"
SCRIPT_FAULT = "这一页的脚本出了意外，按 F5 重新打开这一页；账没有动。"
CALLS_ITSELF_NEW = "正在保存的话，等存完就好；能读了，这一页自己会更新。"
BEING_READ = "正在读账……"
REFUSED = "这个地址不全，或者不是这台电脑上的图书室给的；关掉这一页，重新打开图书室。"
NO_SUCH_METHOD = "这里只看（GET）和办（POST），别的都不收。"
NOT_UNDERSTOOD = "没有看懂这个请求，什么也没有动。"
NOT_THERE = "这里没有这一页。"
TOO_LONG = "一次送来的太长，什么也没有动，分几次来。"
STOPPING = "图书室关了，这一页可以关掉。"
NO_BROWSER = "没有打开浏览器，自己打开上面的地址。"
ENDED = "图书室关了。"
TAB_SENTENCE = "按 Ctrl+C 停止。"
IS_BUSY = "上一件事还没有做完，等它做完再按；太久的，在“办事”下面把它停下。"
FINISHED = {0: "做完了。", 1: "做完了，有要处理的地方，看下面。"}
HOW_SEVERAL = {"file": "；选几个要按住 Ctrl 点", "choice": "；选几本要按住 Ctrl 点", "lines": "；一行写一个"}
CUT_OFF = "停下了，没有做完；账没有动。"
NOT_DONE = "没有做成，原因在下面。"
CANNOT_JUMP = "这台电脑上不能自己跳过去；自己打开工作簿，到 {place}。"
JUMPED = "打开了，到 {place}。"
NO_COPY = "WPS没有给出工作簿的副本，账没有动；先按 Ctrl+S 保存，再按按钮。"
ELSEWHERE = "在别处的，拖到“开始.cmd”上，或者写 schoollib serve 工作簿；也可以先放到这里，再按 F5。"
NOTHING_HERE = "这里还没有工作簿。"
ONLY_A_NAME = "只写文件的名字，放在选好的文件夹里；名字里不能有斜线和冒号。"
FIRST_STEPS = "先填“基本信息”和“班级”。有旧表的，放到同一个文件夹里，打开以后按“接收旧账”。"
NOT_READ_YET = "账还没有读完，过几秒按 Ctrl+Alt+F9 再算一遍。"
UNKNOWN_WORKBOOK = "没有打开过这个工作簿。"


def no_answer_from(workbook: str) -> str:
    """That the drive of a workbook opened lately does not answer."""
    return f"“{workbook}”所在的盘没有回应，这里先不列；接上移动盘，或者等网络通了，再按 F5。"


def begun(address: str) -> str:
    """Where the page is."""
    return f"图书室开着：{address}"


def other_port(asked: int, got: int) -> str:
    """That a port was taken."""
    return f"{asked} 号端口有别的程序在用，换成了 {got}。"


def no_port(first: int, last: int) -> str:
    """That no port was to be had."""
    return f"{first} 到 {last} 号端口都有别的程序在用；加上 --port 换一个号再试。"


def already_open(workbook: str, address: str) -> str:
    """That the program runs already with this workbook."""
    name = f"《{workbook}》" if workbook else "图书室"
    return f"{name}已经开着，用原来那一页：{address}"


def checked_on(workbook: str, as_of: str, at: datetime) -> str:
    """Which state of the workbook a page shows."""
    return f"《{workbook}》，核对到 {as_of}；{read_at(at)} 读的。"


def read_at(at: datetime) -> str:
    """When something was read: 2026年7月3日 10:32:05."""
    return f"{say(at.date())} {at:%H:%M:%S}"


def still_shown(last: datetime | None) -> str:
    """What a page shows of a workbook that cannot be read now."""
    return f"下面还是 {read_at(last)} 读到的，是旧的。" if last else "还没有读到过。"


def to_copy(count: int, misfits: int) -> str:
    """That lines of the desk are not in the ledgers yet, or do not fit them; '' for none."""
    said = f"借还台有 {count} 笔还没有抄到账上，先抄。" if count else ""
    return f"{said}借还台有 {misfits} 笔和账上对不上，去看一看。" if misfits else said


def lent_by_old_books(trouble: str, last: datetime) -> str:
    """That the desk judges by what was read before."""
    return f"{trouble}借还先照 {read_at(last)} 读到的账办。"


def news(count: int) -> list[str]:
    """How many findings are new since the reading before; nothing where none is."""
    return [f"比上一次多出 {count} 处。"] if count else []
