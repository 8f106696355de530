"use strict";
(() => {
  const box = byId("code");

  // One answer after the other: what is on the page is what is on the disk.
  function enqueue(address, body) {
    return inTurn(() => send(address, body));
  }

  async function send(address, body) {
    const answer = await keep(address, body);
    show(answer);
    return !answer.isLost;
  }

  function show({ tone, said, answers }) {
    byId("answer").className = tone;
    say(said);
    if (answers !== undefined) byId("sample").innerHTML = answers;
  }

  const way = () => document.querySelector("input[name=way]:checked").value;
  const lines = (text) => text.split(/[\r\n]+/).map((line) => line.trim()).filter(Boolean);

  byId("scan").addEventListener("submit", (event) => {
    event.preventDefault();
    const codes = lines(box.value);
    box.value = "";
    if (codes.length) enqueue("sample-scan", { codes, way: way() });
    box.focus();
  });

  byId("scan").addEventListener("change", () => {
    for (const help of document.querySelectorAll(".help")) help.hidden = help.dataset.way !== way();
    box.focus();
  });

  byId("take").addEventListener("click", async () => {
    const codes = lines(byId("many").value);
    if (codes.length && await enqueue("sample-scan", { codes, way: way() })) byId("many").value = "";
  });

  byId("draw").addEventListener("click", () => {
    // The browser says at the blank what is no number for it.
    if (!["copies", "seed"].every((id) => byId(id).reportValidity())) return;
    enqueue("sample-draw", { copies: Number(byId("copies").value), seed: Number(byId("seed").value) });
    byId("drawing").open = false;
    box.focus();
  });

  byId("sample").addEventListener("click", (event) => {
    const { about, number, said } = event.target.closest?.("button")?.dataset ?? {};
    if (about) enqueue("sample-mark", { about, number, said });
  });

  scansInto(box);
  follow(() => {});
})();
