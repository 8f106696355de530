"use strict";
(() => {
  // A scanner types faster than any hand; where it sends no Enter, a pause ends what it typed.
  const HAND = 45;
  const PAUSE = 160;
  const LEAST = 4;
  const SOUNDS = { fine: [[880, 0.08]], reader: [[660, 0.06]], ask: [[520, 0.1], [660, 0.12]], no: [[180, 0.3]] };
  const box = byId("code");
  let readerNo = "";
  let mode = null;
  let choices = [];
  let sound = null;
  let typedAt = 0;
  let isTypedByHand = false;
  let timer = 0;

  // -- scans and keys, one after the other: each takes effect when what came before it is answered -------------

  function enqueue(scan) {
    inTurn(() => send(scan));
  }

  const atDesk = () => ({ reader_no: readerNo, day: byId("day").value || null });

  async function send(scan) {
    const answer = await keep("scan", { ...atDesk(), act: mode, ...scan });
    if (answer.is_copy) setMode(null);
    show(answer);
  }

  function show(answer) {
    byId("answer").className = answer.tone;
    say(answer.said);
    play(answer.tone);
    if (answer.reader_no !== undefined) {
      readerNo = answer.reader_no;
      byId("reader").innerHTML = answer.reader;
      byId("who").hidden = !answer.reader;
    }
    if (answer.done != null) {
      byId("done").innerHTML = answer.done;
      renewPending();
    }
    offer(answer.ask ?? []);
    box.focus();
    scrollTo(0, 0);
  }

  function offer(answers) {
    choices = answers;
    byId("ask").hidden = !answers.length;
    byId("ask").replaceChildren(...answers.map((one, index) => button(index ? one.label : `${one.label}（F2）`, () => choose(index))));
    if (answers.length) byId("ask").append(button("不（Esc）", () => offer([])));
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", () => { act(); box.focus(); });
    return made;
  }

  function choose(index) {
    const chosen = choices[index];
    offer([]);
    if (chosen) enqueue(chosen.scan);
  }

  let pendingTimer = 0;
  function renewPending() {
    clearTimeout(pendingTimer);
    pendingTimer = setTimeout(() => renew("pending"), 1500);
  }

  function setMode(act) {
    mode = act;
    const day = byId("day").value;
    // A day that was set for one scan holds for every one after it, until she clears it.
    byId("mode").textContent = [act && `下一册：${act}`, day && `补记 ${day} 的，记完清掉日期`].filter(Boolean).join("　");
    byId("renew").setAttribute("aria-pressed", act === "续借");
    byId("lose").setAttribute("aria-pressed", act === "遗失");
  }

  // -- sounds -----------------------------------------------------------------------------------------

  function play(tone) {
    try {
      sound ??= new AudioContext();
      let at = sound.currentTime;
      for (const [pitch, seconds] of SOUNDS[tone] ?? []) {
        const voice = sound.createOscillator();
        const level = sound.createGain();
        level.gain.value = 0.15;
        voice.frequency.value = pitch;
        voice.connect(level).connect(sound.destination);
        voice.start(at);
        voice.stop(at += seconds);
      }
    } catch {
      sound = null; // a computer without sound: the colour and the words stay
    }
  }

  // -- the box, the keys, the buttons --------------------------------------------------------------------

  function submit() {
    clearTimeout(timer);
    const code = box.value;
    box.value = "";
    isTypedByHand = false;
    if (code.trim()) enqueue({ code });
  }

  async function undo() {
    const line = byId("done").querySelector("li")?.dataset.line ?? "";
    show(await keep("undo", { ...atDesk(), line }));
  }

  function next() {
    readerNo = "";
    byId("who").hidden = true;
    byId("answer").className = "idle";
    say("");
    setMode(null);
    offer([]);
    box.focus();
  }

  function goOn() {
    box.value = "";
    inTurn(next);
  }

  function escape() {
    if (choices.length) offer([]);
    else goOn();
  }

  function switchMode(act) {
    inTurn(() => setMode(mode === act ? null : act));
  }

  byId("scan").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  const submitSoon = () => { timer = setTimeout(submit, PAUSE); };
  box.addEventListener("input", (event) => {
    const now = performance.now();
    if (box.value.length > 1 && now - typedAt > HAND) isTypedByHand = true;
    if (box.value.length <= 1 || event.inputType === "insertFromPaste") isTypedByHand = box.value.length > 1;
    typedAt = now;
    clearTimeout(timer);
    if (!isTypedByHand && !event.isComposing && box.value.length >= LEAST) submitSoon();
  });

  const KEYS = {
    F2: () => choose(0), F4: () => switchMode("续借"), F8: () => inTurn(undo), F9: () => switchMode("遗失"),
    Escape: escape,
  };
  document.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (act && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      act();
    }
  });
  byId("renew").addEventListener("click", () => { KEYS.F4(); box.focus(); });
  byId("lose").addEventListener("click", () => { KEYS.F9(); box.focus(); });
  byId("undo").addEventListener("click", KEYS.F8);
  byId("next").addEventListener("click", goOn);
  byId("day").addEventListener("change", () => { setMode(mode); box.focus(); });
  document.addEventListener("click", async (event) => {
    const made = event.target.closest?.("button");
    if (made?.dataset.act) enqueue({ code: made.dataset.code, act: made.dataset.act });
    if (made?.dataset.copy) copy(byId(made.dataset.copy));
    if (made?.id === "write") write();
    if (made?.dataset.settle) inTurn(() => settle(made.dataset));
  });

  function copy(area) {
    area.select();
    document.execCommand("copy");
    say("复制好了，到工作簿里贴。");
    box.focus();
  }

  async function settle({ settle: what, known }) {
    const answer = await ask("settle", { what, known: Number(known) });
    if (answer !== null) say(JSON.parse(answer).said);
    await renew("pending");
  }

  async function renew(part) {
    const answer = await ask(part);
    if (answer !== null) byId(part).innerHTML = answer;
  }

  async function write() {
    const answer = await ask("write", {});
    if (answer === null) return;
    const { file, name } = JSON.parse(answer);
    say(`写好了“${name}”，在工作簿旁边。`);
    const link = document.createElement("a");
    link.href = file;
    link.textContent = name;
    link.download = name;
    byId("written").replaceChildren(link);
  }

  setMode(null);
  scansInto(box);
  box.focus();
  if (box.value.length >= LEAST) submitSoon(); // scanned while the page was still loading: nobody heard its Enter
  // What another window of the desk has entered is shown here as well, before anything is undone.
  let known = null;
  follow((state) => {
    if (known && state.desk !== known.desk) inTurn(() => renew("done"));
    if (known && (state.reading !== known.reading || state.desk !== known.desk)) renewPending();
    known = state;
  });
})();
