// Marked cells, known by their notes as in Excel (macros/Marks.bas): a note of ours begins with one sign, and ends with
// another and three numbers: the colour the cell had, the colour it was given, the length of what is said.
"use strict";

const NO_COLOUR = -1;
const NO_FILL = -4142;
const BEGINS = "核对：";
const ENDS = "\n清除标记用：";
// A longer text in the status bar is cut.
const STATUS_LENGTH = 250;

const MARKS_SAID = {
  isProtected: "这些工作表有保护，里面的颜色和批注没有动，去掉保护再按一次：",
  checkFirst: "还没有核对过，先按“核对账册”。",
  noFindings: "没有要看的格子了。",
  hiddenSheet: "这一处在隐藏的工作表里，先取消隐藏再看：",
  hiddenRow: "这一行隐藏着，或者被筛选掉了，取消筛选就能看到：",
};

// A cell with a note of hers and one that is protected keep their looks; the finding is in the list all the same.
/** @param {Et.Range} cell @param {number} colour @param {string} note */
function markPlace(cell, colour, note) {
  if (cell.Comment) return;
  const own = cell.Interior.ColorIndex === NO_FILL ? NO_COLOUR : cell.Interior.Color;
  looks(() => {
    cell.AddComment(`${note}${ENDS}${own} ${colour} ${note.length}`);
    cell.Interior.Color = colour;
  });
}

// Takes every mark away; the names of the protected sheets with notes, where nothing can be taken away.
/** @param {Et.Workbook} book */
function restoreMarked(book) {
  /** @type {string[]} */
  const shut = [];
  for (const sheet of sheetsOf(book)) {
    if (sheet.ProtectContents && sheet.Comments.Count > 0) shut.push(sheet.Name);
    else restoreSheet(sheet);
  }
  return shut;
}

/** @param {Et.Worksheet} sheet */
function restoreSheet(sheet) {
  for (let index = sheet.Comments.Count; index > 0; index -= 1) {
    looks(() => restoreCell(sheet.Comments.Item(index).Parent));
  }
}

/** @param {Et.Range} cell */
function restoreCell(cell) {
  const text = cell.Comment.Text().replace(/\r\n?/g, "\n");
  const cut = text.lastIndexOf(ENDS);
  if (!text.startsWith(BEGINS) || cut < 0) return;
  const ending = text.slice(cut + ENDS.length);
  const [own, given] = ending.split(" ").map(Number);
  if (cell.Interior.Color === given) giveBack(cell, own);
  // a note she wrote into is hers
  if (ending === `${own} ${given} ${cut}`) cell.Comment.Delete();
}

/** @param {Et.Range} cell @param {number} own */
function giveBack(cell, own) {
  if (own === NO_COLOUR) cell.Interior.ColorIndex = NO_FILL;
  else cell.Interior.Color = own;
}

/** @param {Et.Workbook} book */
function clearMarks(book) {
  Application.StatusBar = false;
  const shut = restoreMarked(book);
  return shut.length ? MARKS_SAID.isProtected + shut.join(" ") : "";
}

/** @param {Et.Workbook} book */
function goToNextFinding(book) {
  const memory = namedRange(book, "schoollib_findings");
  const position = namedRange(book, "schoollib_position");
  if (!memory || !position) return MARKS_SAID.checkFirst;
  const count = memory.Rows.Count;
  for (let tried = 0; tried < count; tried += 1) {
    const at = ((Number(position.Value2) || 0) % count) + 1;
    put(position, at);
    const cell = referred(book, cellIn(memory, at, 1).Formula);
    if (cell) return goToCell(cell, String(cellIn(memory, at, 2).Value2));
  }
  return MARKS_SAID.noFindings;
}

// The cell a formula like ='sheet'!$A$1 refers to; null where it is gone.
/** @param {Et.Workbook} book @param {string} formula */
function referred(book, formula) {
  const found = /^=(?:'((?:[^']|'')+)'|([^'!]+))!(\$[A-Z]+\$\d+)$/.exec(formula);
  const sheet = found && sheetOf(book, found[1] ? found[1].replace(/''/g, "'") : found[2]);
  return sheet ? sheet.Range(found[3]) : null;
}

/** @param {Et.Range} cell @param {string} told */
function goToCell(cell, told) {
  const where = `${cell.Worksheet.Name}!${cell.Address(false, false)}`;
  if (cell.Worksheet.Visible !== IS_VISIBLE) return MARKS_SAID.hiddenSheet + where;
  cell.Worksheet.Activate();
  cell.Select();
  Application.StatusBar = told.slice(0, STATUS_LENGTH);
  return cell.EntireRow.Hidden ? MARKS_SAID.hiddenRow + where : "";
}
