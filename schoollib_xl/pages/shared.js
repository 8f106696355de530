// What the pages share: asking the program, saying what it answers, and saying that it has stopped.
"use strict";
const TITLE = document.title;
const byId = (id) => document.getElementById(id);

addEventListener("error", () => { byId("fault").hidden = false; });
addEventListener("unhandledrejection", () => { byId("fault").hidden = false; });

function say(sentence) {
  byId("said").textContent = sentence;
}

function stopped(isStopped) {
  byId("stopped").hidden = !isStopped;
  document.body.classList.toggle("stopped", isStopped);
  document.title = isStopped ? `（已停）${TITLE}` : TITLE;
}

// What a request is answered with, or null where there is no answer, or half of one; a refusal is said.
async function ask(address, body) {
  let answer;
  let text;
  try {
    answer = await fetch(address, body === undefined ? {} : {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    text = await answer.text();
  } catch {
    stopped(true);
    return null;
  }
  if (answer.ok) return text;
  say(text);
  return null;
}

// What the program says of something it is to keep. Where no answer came, nobody knows whether it was kept: that is
// said, and the page shows what is there as soon as the program answers again.
async function keep(address, body) {
  const answer = await ask(address, body);
  if (answer !== null) return JSON.parse(answer);
  if (byId("stopped").hidden) return { tone: "no", said: byId("said").textContent, isLost: true };
  showWhenBack();
  return { tone: "no", said: "程序没有回答，这一笔记没记上还不知道。程序再开以后先看记了没有，没有再扫。", isLost: true };
}

// One thing after the other, each when what came before it is answered; a fault of one holds up none of the next.
let turns = Promise.resolve();
function inTurn(act) {
  turns = turns.then(act).catch(() => { byId("fault").hidden = false; });
  return turns;
}

// A scan belongs in the box wherever she has clicked last: on a button its Enter would press that once more.
function scansInto(box) {
  document.addEventListener("keydown", ({ key, ctrlKey, altKey, metaKey }) => {
    const isWriting = document.activeElement?.matches("input:not([type=radio]), textarea:not([readonly]), select");
    if (key.length === 1 && !ctrlKey && !altKey && !metaKey && !isWriting) box.focus();
  });
}

let isWaiting = false;
async function showWhenBack() {
  if (isWaiting) return;
  isWaiting = true;
  let isBack = false;
  while (!isBack) {
    await new Promise((go) => { setTimeout(go, 1000); });
    isBack = await fetch(location.href).then((answer) => answer.ok, () => false);
  }
  location.reload();
}

// Hear of every change, and of the program's end. It is asked for: a stream would hold a connection for each open page,
// and a browser has six for one program; the scans of the seventh page would wait for ever.
async function follow(heard) {
  let known = "";
  for (;;) {
    const state = await fetch("state").then((answer) => (answer.ok ? answer.text() : null)).catch(() => null);
    stopped(state === null);
    if (state !== null && state !== known) heard(JSON.parse(known = state));
    await new Promise((go) => { setTimeout(go, 1000); });
  }
}
