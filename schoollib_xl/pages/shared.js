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

// The answer to a request, or null where there is none; a refusal is said.
async function ask(address, body) {
  let answer;
  try {
    answer = await fetch(address, body === undefined ? {} : {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
  } catch {
    stopped(true);
    return null;
  }
  if (answer.ok) return answer;
  say(await answer.text());
  return null;
}

// Hear of every change, and of the program's end: a stream that breaks and does not come back is an end.
function follow(address, heard) {
  const events = new EventSource(address);
  events.onopen = () => stopped(false);
  events.onmessage = (event) => heard(JSON.parse(event.data));
  events.onerror = () => stopped(true);
}
