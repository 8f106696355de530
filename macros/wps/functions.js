// Worksheet functions: =schoollib.LIB_LEFT("S0001") and the like. What only needs the number itself is worked out like
// in Excel's; all of them are answered by the program, from the workbook in front as it was last saved.
"use strict";

// An answer is good for so long: a column that is calculated at once asks once for each value.
const SECONDS_KEPT = 10;
// More than a column of loans holds; then all are asked anew.
const MOST_KEPT = 20000;
const kept = new Map();

const FUNCTIONS = {
  LIB_LEFT: ["这位读者还能借几册", "读者证号"],
  LIB_RULE: ["这位读者照哪一条借阅规则借书", "读者证号"],
  LIB_DUE: ["这位读者这天借的书哪天应还", "借出日期", "读者证号"],
  LIB_MEAN: ["这个班本学期生均借书几册", "班级"],
  LIB_ISBN: ["ISBN 写得对不对", "ISBN"],
  LIB_CLASSNO: ["分类号合不合中图法的写法", "分类号"],
  LIB_CLASSNAME: ["分类号属于中图法哪一大类", "分类号"],
};

function offerFunctions() {
  if (typeof Application.AddCustomFunction !== "function") return;
  for (const [name, [description, ...words]] of Object.entries(FUNCTIONS)) {
    const parameters = words.map((word) => ({ name: word, type: "any", description: word }));
    const answered = (/** @type {Value[]} */ ...values) => answerOf(name, values.slice(0, words.length));
    const described = { description, result: { type: "any" }, parameters };
    looks(() => Application.AddCustomFunction("schoollib", name, answered, described));
  }
}

/** @param {string} name @param {Value[]} values */
function answerOf(name, values) {
  const book = Application.ActiveWorkbook;
  if (!book || !schoollibAddress) return SAID.notRunning;
  const question = JSON.stringify([book.FullName, name, values]);
  const known = kept.get(question);
  if (known && Date.now() < known.until) return known.value;
  const value = askAtOnce(book, name, values);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(question, { value, until: Date.now() + 1000 * SECONDS_KEPT });
  return value;
}

// A cell waits for its value, so this waits too.
/** @param {Et.Workbook} book @param {string} name @param {Value[]} values */
function askAtOnce(book, name, values) {
  const request = new XMLHttpRequest();
  request.open("POST", `${schoollibAddress}wps/function`, false);
  request.setRequestHeader("Content-Type", "application/json");
  try {
    request.send(JSON.stringify({ path: book.FullName, name, values: values.map((value) => (value === null || value === undefined ? "" : value)) }));
  } catch (_) {
    return SAID.notRunning;
  }
  return request.status === 200 ? JSON.parse(request.responseText).value : request.responseText;
}
