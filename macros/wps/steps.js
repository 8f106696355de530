// Performs the steps of an answer in the workbook's own cells.
"use strict";

/** @typedef {any} Value what a cell is given: null, a value, or {formula}, {text}, {day} */
/**
 * A step with the fields of its own kind (schoollib_xl/excel/steps.py).
 * @typedef {{ step: string, sheet: string, cell: string, cells: string, name: string, text: string, note: string,
 *   lines: Value[][], characters: number, colour: number, row: number, bold: boolean, wrapped: boolean,
 *   ground: number, ink: number }} Step
 */

const IS_VISIBLE = -1;
const A4 = 9;
const LANDSCAPE = 2;
const AT_TOP = -4160;
const IN_VALUES = -4163;
const WHOLE = 1;
const DAY_FORMAT = "yyyy-mm-dd";

let currentStep = "";

// The step that was begun last, to say where something failed.
function lastStep() {
  return currentStep;
}

// Performs every step; what is to be said comes back.
/** @param {Et.Workbook} book @param {Step[]} steps */
function perform(book, steps) {
  let said = "";
  Application.ScreenUpdating = false;
  try {
    for (const step of steps) {
      currentStep = step.step;
      said += DONE[step.step](book, step) || "";
    }
  } finally {
    Application.ScreenUpdating = true;
  }
  return said;
}

/** @type {Object<string, (book: Et.Workbook, step: Step) => string | void>} */
const DONE = {
  say: (book, step) => step.text,
  unmark: (book) => { restoreMarked(book); },
  sheet: (book, step) => emptySheet(book, step.name),
  write: (book, step) => write(place(book, step.sheet, step.cell), step.lines),
  width: (book, step) => setWidth(place(book, step.sheet, step.cell), step.characters),
  look: (book, step) => setLook(place(book, step.sheet, step.cells), step),
  name: (book, step) => namePlace(book, step.name, place(book, step.sheet, step.cells)),
  page: (book, step) => setPage(book, place(book, step.sheet, step.cells)),
  mark: (book, step) => markPlace(place(book, step.sheet, step.cell), step.colour, step.note),
  growtable: (book, step) => extendTable(sheetOf(book, step.sheet), step.row),
  show: (book, step) => showPlace(place(book, step.sheet, step.cell)),
};

/** @param {Et.Workbook} book */
function sheetsOf(book) {
  /** @type {Et.Worksheet[]} */
  const found = [];
  for (let index = 1; index <= book.Worksheets.Count; index += 1) {
    found.push(/** @type {any} */ (book.Worksheets.Item(index)));
  }
  return found;
}

// The sheet of this name; undefined where there is none.
/** @param {Et.Workbook} book @param {string} name */
function sheetOf(book, name) {
  return sheetsOf(book).find((sheet) => sheet.Name === name);
}

/** @param {Et.Range} cells @param {number} row @param {number} column */
function cellIn(cells, row, column) {
  return cells.Offset(row - 1, column - 1).Resize(1, 1);
}

/** @param {Et.Workbook} book @param {string} sheet @param {string} address */
function place(book, sheet, address) {
  return sheetOf(book, sheet).Range(address);
}

// The cells of this name; null where there is none.
/** @param {Et.Workbook} book @param {string} name */
function namedRange(book, name) {
  try {
    return book.Names.Item(name).RefersToRange;
  } catch (_) {
    return null;
  }
}

// The column under this header, which stands in the first row; null where there is none.
/** @param {Et.Workbook} book @param {string} name @param {string} header */
function columnOf(book, name, header) {
  const sheet = sheetOf(book, name);
  const found = sheet && cellWith(sheet.Range("1:1"), header);
  return found ? found.EntireColumn : null;
}

// The first of these cells that holds just this text; null where none does.
/** @param {Et.Range} cells @param {string} text */
function cellWith(cells, text) {
  return cells.Find(text, undefined, IN_VALUES, WHOLE);
}

/** @param {Et.Workbook} book @param {string} name */
function emptySheet(book, name) {
  const there = sheetOf(book, name);
  if (there) {
    liftFilter(there);
    there.Cells.Clear();
  } else {
    book.Worksheets.Add(undefined, book.Sheets.Item(1)).Name = name;
  }
}

// What is written over rows that a filter hides would land in the wrong ones.
/** @param {Et.Worksheet} sheet */
function liftFilter(sheet) {
  looks(() => {
    if (sheet.AutoFilterMode) sheet.AutoFilterMode = false;
  });
  looks(() => {
    sheet.Cells.EntireRow.Hidden = false;
  });
}

/** @param {Et.Range} start @param {Value[][]} lines */
function write(start, lines) {
  lines.forEach((line, down) => line.forEach((value, right) => put(start.Offset(down, right), value)));
}

// null empties; a formula, a day and a text that would be taken for something else say what they are.
/** @param {Et.Range} cell @param {Value} value */
function put(cell, value) {
  if (value === null) {
    cell.ClearContents();
  } else if (typeof value !== "object") {
    cell.Value2 = value;
  } else if ("formula" in value) {
    cell.Formula = value.formula;
  } else if ("text" in value) {
    cell.NumberFormat = "@";
    cell.Value2 = value.text;
  } else {
    cell.Value2 = value.day;
    if (/^(General|G\/)/.test(cell.NumberFormat)) cell.NumberFormat = DAY_FORMAT;
  }
}

/** @param {Et.Range} cell @param {number} characters */
function setWidth(cell, characters) {
  if (characters > 0) cell.EntireColumn.ColumnWidth = characters;
  else cell.EntireColumn.Hidden = true;
}

/** @param {Et.Range} cells @param {Step} step */
function setLook(cells, step) {
  cells.Font.Bold = step.bold;
  cells.WrapText = step.wrapped;
  if (step.ground !== null) cells.Interior.Color = step.ground;
  if (step.ink !== null) cells.Font.Color = step.ink;
}

/** @param {Et.Workbook} book @param {string} name @param {Et.Range} cells */
function namePlace(book, name, cells) {
  const sheet = cells.Worksheet.Name.replace(/'/g, "''");
  book.Names.Add(name, `='${sheet}'!${cells.Address()}`);
}

// A table by its cells, header first, set up to be read, filtered and printed.
/** @param {Et.Workbook} book @param {Et.Range} table */
function setPage(book, table) {
  const sheet = table.Worksheet;
  const page = sheet.PageSetup;
  const last = cellIn(table, table.Rows.Count, table.Columns.Count).Address();
  looks(() => table.AutoFilter());
  looks(() => { table.VerticalAlignment = AT_TOP; });
  looks(() => freeze(book, table));
  looks(() => { page.PaperSize = A4; });
  looks(() => { page.Orientation = LANDSCAPE; });
  looks(() => { page.PrintArea = `$A$1:${last}`; });
  looks(() => { page.PrintTitleRows = table.Resize(1).EntireRow.Address(); });
  looks(() => {
    page.Zoom = false;
    page.FitToPagesWide = 1;
    page.FitToPagesTall = false;
  });
  looks(() => { page.CenterFooter = "&P / &N"; });
}

/** @param {Et.Workbook} book @param {Et.Range} table */
function freeze(book, table) {
  table.Worksheet.Activate();
  const view = book.Windows.Item(1);
  view.FreezePanes = false;
  view.ScrollRow = 1;
  view.ScrollColumn = 1;
  view.SplitColumn = 0;
  view.SplitRow = table.Row;
  view.FreezePanes = true;
}

// Without a printer, or in a version that lacks one of these, only looks are lost.
/** @param {() => void} set */
function looks(set) {
  try {
    set();
  } catch (_) {
    // the list is there all the same
  }
}

// A table that ends just above the row takes it in.
/** @param {Et.Worksheet} sheet @param {number} row */
function extendTable(sheet, row) {
  const tables = sheet.ListObjects;
  for (let index = 1; index <= tables.Count; index += 1) {
    const cells = tables.Item(index).Range;
    if (cells.Row + cells.Rows.Count === row) tables.Item(index).Resize(cells.Resize(cells.Rows.Count + 1));
  }
}

/** @param {Et.Range} cell */
function showPlace(cell) {
  const sheet = cell.Worksheet;
  if (sheet.Visible !== IS_VISIBLE) sheet.Visible = IS_VISIBLE;
  sheet.Activate();
  cell.Select();
}
