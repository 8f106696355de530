// The part of WPS that the add-in uses, over a workbook as JSON. Whatever else is asked of it is an error, so that a
// slip of the pen cannot pass; what it keeps is looked at by the tests.
"use strict";

const told = [];
const shown = {};
window.alert = (sentence) => told.push(sentence);

function strict(object, what) {
  return new Proxy(object, {
    get(target, name) {
      if (typeof name === "symbol" || name in target || name === "then" || name === "toJSON") return target[name];
      throw new Error(`${what} has no ${String(name)}`);
    },
    set(target, name, value) {
      if (!(name in target)) throw new Error(`${what} has no ${String(name)}`);
      target[name] = value;
      return true;
    },
  });
}

function letters(column) {
  return (column > 26 ? letters(Math.floor((column - 1) / 26)) : "") + String.fromCharCode(65 + ((column - 1) % 26));
}

function numberOf(name) {
  return [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

const LAST_ROW = 1048576;
const LAST_COLUMN = 16384;

// $A$1, A1:B2, 1:1
function corners(address) {
  const ends = address.replace(/\$/g, "").split(":").map((end) => /^([A-Z]*)(\d*)$/.exec(end));
  const [first, last] = [ends[0], ends[ends.length - 1]];
  return [
    Number(first[2] || 1), first[1] ? numberOf(first[1]) : 1,
    Number(last[2] || LAST_ROW), last[1] ? numberOf(last[1]) : LAST_COLUMN,
  ];
}

function cellsOf(sheet, [top, left, bottom, right]) {
  const keys = Object.keys(sheet.cells).map((key) => key.split(",").map(Number));
  return keys.filter(([row, column]) => row >= top && row <= bottom && column >= left && column <= right)
    .map(([row, column]) => sheet.cells[`${row},${column}`]);
}

function range(sheet, box) {
  const [top, left, bottom, right] = box;
  const own = () => (sheet.cells[`${top},${left}`] = sheet.cells[`${top},${left}`] || { row: top, column: left });
  const every = () => {
    if ((bottom - top + 1) * (right - left + 1) > 100000) return cellsOf(sheet, box);
    const found = [];
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) found.push(range(sheet, [row, column, row, column]).own());
    }
    return found;
  };
  const guard = () => {
    if (sheet.shut) throw new Error("protected");
  };
  const whole = (name, box) => strict({
    get Hidden() { return (sheet.hidden[name] || []).some((at) => at >= box[0] && at <= box[1]); },
    set Hidden(value) {
      const kept = (sheet.hidden[name] || []).filter((at) => at < box[0] || at > box[1]);
      sheet.hidden[name] = value ? [...kept, box[0]] : kept;
    },
    get ColumnWidth() { return sheet.widths[box[0]]; },
    set ColumnWidth(value) { sheet.widths[box[0]] = value; },
    Address: () => `$${box[0]}:$${box[1]}`,
    values: () => cellsOf(sheet, [1, box[0], LAST_ROW, box[1]]).map((cell) => cell.v),
  }, name);
  const result = {
    own, box, sheet,
    Worksheet: sheet.object,
    Row: top,
    get Text() { return own().v === undefined ? "" : String(own().v); },
    get Value2() { return own().v; },
    set Value2(value) {
      guard();
      if (typeof value === "string" && own().fmt !== "@" && /^[=+\-@]|^'|^[\d.]+$|^(true|false)$/i.test(value)) {
        throw new Error(`WPS would take ${value} for something else`);
      }
      if (sheet.hidden.row && sheet.hidden.row.includes(top)) throw new Error("written into a hidden row");
      Object.assign(own(), { v: value, f: undefined });
    },
    get Formula() { return own().f || own().v; },
    set Formula(value) {
      guard();
      Object.assign(own(), { f: value, v: undefined });
    },
    get NumberFormat() { return own().fmt || "General"; },
    set NumberFormat(value) { guard(); own().fmt = value; },
    get WrapText() { return own().wrap; },
    set WrapText(value) { every().forEach((cell) => { cell.wrap = value; }); },
    get VerticalAlignment() { return own().top; },
    set VerticalAlignment(value) { every().forEach((cell) => { cell.top = value; }); },
    Interior: strict({
      get Color() { return own().fill === undefined ? 16777215 : own().fill; },
      set Color(value) { guard(); every().forEach((cell) => { cell.fill = value; }); },
      get ColorIndex() { return own().fill === undefined ? -4142 : 3; },
      set ColorIndex(value) { guard(); if (value === -4142) own().fill = undefined; },
    }, "Interior"),
    Font: strict({
      get Bold() { return own().bold; },
      set Bold(value) { every().forEach((cell) => { cell.bold = value; }); },
      get Color() { return own().ink; },
      set Color(value) { every().forEach((cell) => { cell.ink = value; }); },
    }, "Font"),
    get Comment() { return own().note === undefined ? null : comment(sheet, own()); },
    AddComment(text) {
      guard();
      if (own().note !== undefined) throw new Error("a note is there");
      own().note = text;
    },
    Offset: (down, across) => range(sheet, [top + down, left + across, bottom + down, right + across]),
    Resize: (rows, columns) => range(sheet, [
      top, left, rows === undefined ? bottom : top + rows - 1, columns === undefined ? right : left + columns - 1,
    ]),
    Rows: strict({ Count: bottom - top + 1 }, "Rows"),
    Columns: strict({ Count: right - left + 1 }, "Columns"),
    get EntireRow() { return whole("row", [top, bottom]); },
    get EntireColumn() { return whole("column", [left, right]); },
    Address: (rowFixed = true, columnFixed = true) => {
      const end = (row, column) => `${columnFixed ? "$" : ""}${letters(column)}${rowFixed ? "$" : ""}${row}`;
      return top === bottom && left === right ? end(top, left) : `${end(top, left)}:${end(bottom, right)}`;
    },
    Clear() { guard(); sheet.cells = {}; },
    ClearContents() { guard(); Object.assign(own(), { v: undefined, f: undefined }); },
    AutoFilter() { sheet.filter = box; },
    Find: (text) => {
      const found = cellsOf(sheet, box).find((cell) => cell.v === text);
      return found ? range(sheet, [found.row, found.column, found.row, found.column]) : null;
    },
    Select() { shown.sheet = sheet.name; shown.cell = result.Address(false, false); },
  };
  return strict(result, "Range");
}

function comment(sheet, cell) {
  return strict({
    Parent: range(sheet, [cell.row, cell.column, cell.row, cell.column]),
    Text: () => cell.note,
    Delete() { cell.note = undefined; },
  }, "Comment");
}

function worksheet(sheet) {
  sheet.object = strict({
    get Name() { return sheet.name; },
    set Name(value) { sheet.name = value; },
    get Visible() { return sheet.visible; },
    set Visible(value) { sheet.visible = value; },
    get ProtectContents() { return Boolean(sheet.shut); },
    get AutoFilterMode() { return Boolean(sheet.filter); },
    set AutoFilterMode(value) { if (!value) sheet.filter = null; },
    Range: (address) => range(sheet, corners(address)),
    get Cells() { return range(sheet, [1, 1, LAST_ROW, LAST_COLUMN]); },
    get Comments() {
      const noted = () => Object.values(sheet.cells).filter((cell) => cell.note !== undefined);
      return strict({ get Count() { return noted().length; }, Item: (at) => comment(sheet, noted()[at - 1]) }, "Comments");
    },
    ListObjects: strict({
      get Count() { return sheet.tables.length; },
      Item: (at) => strict({
        get Range() { return range(sheet, sheet.tables[at - 1]); },
        Resize(cells) { sheet.tables[at - 1] = cells.box; },
      }, "ListObject"),
    }, "ListObjects"),
    PageSetup: strict(sheet.page, "PageSetup"),
    Activate() {
      if (sheet.visible !== -1) throw new Error("a hidden sheet cannot be activated");
      shown.sheet = sheet.name;
    },
  }, "Worksheet");
  return sheet.object;
}

// Cells whose own row and column are known, whatever a step did.
function workbook(data) {
  const prepared = (sheet) => {
    const page = {
      PaperSize: 0, Orientation: 0, PrintArea: "", PrintTitleRows: "", Zoom: 100, FitToPagesWide: 1, FitToPagesTall: 1,
      CenterFooter: "",
    };
    return { visible: -1, hidden: {}, widths: {}, tables: [], filter: null, shut: false, cells: {}, page, ...sheet };
  };
  data.sheets = data.sheets.map(prepared);
  const objects = () => data.sheets.map((sheet) => sheet.object || worksheet(sheet));
  const view = { FreezePanes: false, ScrollRow: 1, ScrollColumn: 1, SplitColumn: 0, SplitRow: 0 };
  return strict({
    data, view,
    Name: data.name, Path: data.folder, FullName: `${data.folder}/${data.name}`, Saved: data.saved,
    Worksheets: strict({
      get Count() { return data.sheets.length; },
      Item: (at) => objects()[at - 1],
      Add(before, after) {
        const at = after ? data.sheets.findIndex((sheet) => sheet.object === after) + 1 : 0;
        data.sheets.splice(at, 0, prepared({ name: "Sheet" }));
        return objects()[at];
      },
    }, "Worksheets"),
    Sheets: strict({ Item: (at) => objects()[at - 1] }, "Sheets"),
    Names: strict({
      Item(name) {
        if (!data.names[name]) throw new Error("no such name");
        const [, sheet, address] = /^='?(.*?)'?!(.*)$/.exec(data.names[name]);
        const found = data.sheets.find((one) => one.name === sheet);
        return strict({ RefersToRange: range(found, corners(address)) }, "Name");
      },
      Add(name, refers) { data.names[name] = refers; },
    }, "Names"),
    Windows: strict({ Item: () => strict(view, "Window") }, "Windows"),
    SaveCopyAs(path) {
      if (data.refuses) throw new Error("refused");
      const sheets = data.sheets.map(({ name, cells }) => ({ name, cells: Object.values(cells) }));
      const request = new XMLHttpRequest();
      request.open("POST", data.saver, false);
      request.send(JSON.stringify({ path, sheets }));
    },
  }, "Workbook");
}

function open(data) {
  const book = workbook(data);
  const functions = {};
  window.Application = strict({
    ActiveWorkbook: book, functions, book,
    StatusBar: false, ScreenUpdating: true,
    ActiveCell: book.Worksheets.Item(1).Range("A1"),
    WorksheetFunction: strict({
      CountIf: (column, value) => column.values().filter((one) => String(one) === String(value)).length,
    }, "WorksheetFunction"),
    InputBox: (question, title, proposed) => {
      shown.proposed = proposed;
      return data.typed;
    },
    CreateTaskPane(address) {
      shown.pane = address;
      return strict({ Visible: false }, "TaskPane");
    },
    AddCustomFunction(space, name, callback) { functions[name] = callback; },
  }, "Application");
}
