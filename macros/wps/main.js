// The buttons of WPS. What a button does is decided by the program that is running (开始.cmd): it reads a copy of the
// open workbook and answers with steps, the same that the macros perform in Excel. WPS starts no program itself.
"use strict";

// Where the program is, token and all; it writes address.js anew whenever it starts.
var schoollibAddress = "";

const SAID = {
  noWorkbook: "先打开图书室的工作簿，再按按钮。",
  notSaved: "这个工作簿还没有保存过，先保存到一个文件夹里，再按按钮。",
  inCloud: "这个工作簿在网盘上，先另存到本机的文件夹里，再按按钮。",
  notRunning: "图书室的程序没有开着，账没有动；先双击“开始.cmd”，等网页出来，再按按钮。",
  saveFirst: "WPS 没有给出工作簿的副本，账没有动；先按 Ctrl+S 保存，再按按钮。",
  failed: "WPS 没有做完这一步，先退出正在编辑的格子、去掉工作表和工作簿的保护，再按一次。原因：",
  isBusy: "上一个按钮还没有做完，等一等再按。",
  askReader: "读者证号：",
  askDay: "文书写哪一天的（数也算到这一天）：",
};

// What is no fault of the program: its text is one sentence for her.
class Refusal extends Error {}

// These need nothing but WPS.
/** @type {Object<string, (book: Et.Workbook) => string>} */
const ALONE = { NextFinding: goToNextFinding, ClearMarks: clearMarks };
// What is asked before a button's work begins; null where she thinks better of it. A paper bears a day.
/** @type {Object<string, (book: Et.Workbook) => string | null>} */
const ASKING = {
  AskReader: readerNumber,
  WritePlan: (book) => dayOfPaper(book, "学期开始"),
  WriteSummary: (book) => dayOfPaper(book, "截止日期"),
  WriteNotices: (book) => dayOfPaper(book, "截止日期"),
};
let isBusy = false;

function OnAddinLoad() {
  whereItRuns().catch(() => {});
  offerFunctions();
  return true;
}

/** @param {{ Id: string }} control */
function OnAction(control) {
  press(control.Id);
  return true;
}

/** @param {{ Id: string }} control */
function GetImage(control) {
  return `images/${control.Id}.svg`;
}

/** @param {string} button */
async function press(button) {
  if (isBusy) {
    tell(SAID.isBusy);
    return;
  }
  isBusy = true;
  try {
    tell(await outcome(button, theWorkbook()));
  } catch (error) {
    tell(error instanceof Refusal ? error.message : `${SAID.failed}${lastStep()} ${error}`);
  }
  isBusy = false;
}

/** @param {string} button @param {Et.Workbook} book */
async function outcome(button, book) {
  if (button in ALONE) return ALONE[button](book);
  if (book.Path === "") throw new Refusal(SAID.notSaved);
  if (book.Path.includes("://")) throw new Refusal(SAID.inCloud);
  const asked = button in ASKING ? ASKING[button](book) : "";
  if (asked === null) return "";
  const address = await whereItRuns();
  const { key } = await ask(`${address}wps/open`, { path: book.FullName });
  if (button === "DeskPage") return showDesk(`${address}w/${key}/desk`);
  const copy = await copyOf(book, `${address}wps/${key}/`);
  const { steps } = await ask(`${address}wps/${key}/steps/${button}`, { copy, asked });
  return perform(book, steps);
}

function theWorkbook() {
  const book = Application.ActiveWorkbook;
  if (!book) throw new Refusal(SAID.noWorkbook);
  return book;
}

// The number of a copy of the workbook as it is now, unsaved cells and all; "" where only the saved file can be read.
/** @param {Et.Workbook} book @param {string} address */
async function copyOf(book, address) {
  const { number, path } = await ask(`${address}copy`, {});
  try {
    book.SaveCopyAs(path);
    return number;
  } catch (_) {
    if (book.Saved) return "";
    throw new Refusal(SAID.saveFirst);
  }
}

// The number in the cell she is in where it is a reader's, else what she types; null where she thinks better of it.
/** @param {Et.Workbook} book */
function readerNumber(book) {
  const here = String(Application.ActiveCell.Text || "").trim();
  const readers = namedRange(book, "schoollib_readers") || columnOf(book, "读者名册", "读者证号");
  if (here && readers && Application.WorksheetFunction.CountIf(readers, here) > 0) return here;
  return typed(SAID.askReader, here);
}

// The day a paper is of; what 基本信息 says is proposed, else today. That is what the clock on the wall shows: in
// Greenwich it is yesterday until eight in the morning.
/** @param {Et.Workbook} book @param {string} setting */
function dayOfPaper(book, setting) {
  const settings = sheetOf(book, "基本信息");
  const found = settings && cellWith(settings.Range("A:A"), setting);
  const number = found ? Number(found.Offset(0, 1).Value2) : 0;
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const day = new Date(number > 0 ? Date.UTC(1899, 11, 30 + number) : today);
  return typed(SAID.askDay, day.toISOString().slice(0, 10));
}

// What she types; null where that is nothing.
/** @param {string} question @param {string} proposed */
function typed(question, proposed) {
  const answer = Application.InputBox(question, "图书室", proposed);
  return answer === false || String(answer).trim() === "" ? null : String(answer).trim();
}

// The desk of the page beside the sheet: scans only, no mouse.
/** @param {string} address */
function showDesk(address) {
  const pane = Application.CreateTaskPane(address, "借还台");
  pane.Visible = true;
  return "";
}

// A script is the one thing that a page opened from a file may load from beside it.
function whereItRuns() {
  return new Promise((found, missing) => {
    const script = document.createElement("script");
    const done = () => {
      script.remove();
      if (schoollibAddress) found(schoollibAddress);
      else missing(new Refusal(SAID.notRunning));
    };
    schoollibAddress = "";
    script.onload = done;
    script.onerror = done;
    script.src = `address.js?${Date.now()}`;
    document.head.appendChild(script);
  });
}

/** @param {string} address @param {object} body */
async function ask(address, body) {
  let answer;
  try {
    const headers = { "Content-Type": "application/json" };
    answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  } catch (_) {
    throw new Refusal(SAID.notRunning);
  }
  const text = await answer.text();
  if (!answer.ok) throw new Refusal(text);
  return JSON.parse(text);
}

/** @param {string} sentence */
function tell(sentence) {
  if (sentence) alert(sentence);
}
