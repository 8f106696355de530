"use strict";
(() => {
  // Of a sheet's name as Excel allows it: a copy of a sheet has a blank in it. The program takes just these (Jump).
  const PLACE = /^[^!\x00-\x1f]{1,31}![A-Z]{1,3}[1-9][0-9]{0,6}$/;
  let known = { reading: -1, jobs: -1 };
  let unseen = 0;

  // -- what is new -----------------------------------------------------------------------------------

  async function heard(state) {
    const first = known.reading < 0;
    const { reading, jobs } = known;
    known = state;
    if (state.reading !== reading) {
      await renew("body");
      if (!first && document.hidden) unseen += state.news;
      count();
    }
    if (state.jobs !== jobs) await renew("jobs");
    if (!first && state.jobs !== jobs) await relist();
  }

  // A file that was put beside the workbook since, by her or by a command, can be chosen without loading the page anew.
  async function relist() {
    const answer = await ask("files");
    if (answer === null) return;
    const names = JSON.parse(answer);
    for (const list of document.querySelectorAll("[data-files]")) {
      if (list === document.activeElement) continue;
      const chosen = new Set([...list.selectedOptions].map((one) => one.value));
      const options = names.map((name) => new Option(name, name, false, chosen.has(name)));
      list.replaceChildren(...(list.multiple ? options : [new Option("", ""), ...options]));
    }
  }

  function count() {
    if (!document.body.classList.contains("stopped")) document.title = unseen ? `（${unseen} 处新）${TITLE}` : TITLE;
  }

  async function renew(part) {
    const content = await ask(part);
    if (content === null) return;
    const closed = new Set([...document.querySelectorAll("details[id]")].filter((one) => !one.open).map((one) => one.id));
    const opened = new Set([...document.querySelectorAll("details[id]")].filter((one) => one.open).map((one) => one.id));
    const scroll = scrollY;
    const refocus = focused(part);
    if (part === "body") byId("body").before(byId("filters"));
    byId(part).innerHTML = content;
    for (const fold of byId(part).querySelectorAll("details[id]")) {
      if (closed.has(fold.id)) fold.open = false;
      if (opened.has(fold.id)) fold.open = true;
    }
    if (part === "body") prepare();
    scrollTo(0, scroll);
    refocus();
  }

  // What has the focus when its part is replaced is found again: by what it says, and which of those it was.
  function focused(part) {
    const held = document.activeElement;
    if (byId("filters").contains(held)) return () => held.focus({ preventScroll: true });
    if (!byId(part).contains(held)) return () => {};
    const alike = () => [...byId(part).querySelectorAll(held.tagName)].filter((one) => one.textContent === held.textContent);
    const which = alike().indexOf(held);
    return () => (alike()[which] ?? alike()[0])?.focus({ preventScroll: true });
  }

  // -- findings: filters and jumps ---------------------------------------------------------------------

  function prepare() {
    for (const cell of document.querySelectorAll("#body .place, #body td")) {
      const places = cell.textContent.split("、");
      if (places.every((one) => PLACE.test(one))) cell.replaceChildren(...places.map(jumpTo));
    }
    const findings = byId("findings");
    const filters = byId("filters");
    filters.hidden = !findings?.querySelector("article");
    if (!filters.hidden) findings.querySelector("h2").after(filters);
    sheets();
    filter();
  }

  function jumpTo(place) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "jump";
    button.dataset.place = button.textContent = place;
    button.title = "打开工作簿，到这一格";
    return button;
  }

  function sheets() {
    const chosen = byId("sheet").value;
    const names = [...new Set([...document.querySelectorAll("#findings li[data-sheet]")].map((one) => one.dataset.sheet))];
    const options = names.map((name) => new Option(name, name, false, name === chosen));
    byId("sheet").replaceChildren(new Option("全部", ""), ...options);
  }

  function filter() {
    const kinds = [...document.querySelectorAll("#filters [name=kind]:checked")].map((one) => one.value);
    const sheet = byId("sheet").value;
    const words = byId("find").value.trim().toLowerCase();
    const onlyNew = byId("fresh").checked;
    let shown = 0;
    for (const article of document.querySelectorAll("#findings article")) {
      const kind = article.classList.contains("settled") ? "settled" : article.classList[0];
      const heading = article.querySelector("h3").textContent.toLowerCase();
      let any = false;
      for (const item of article.querySelectorAll("li[data-sheet]")) {
        const fits = (!sheet || item.dataset.sheet === sheet)
          && (!words || heading.includes(words) || item.textContent.toLowerCase().includes(words))
          && (!onlyNew || item.querySelector(".new"));
        item.hidden = !fits;
        any ||= fits;
      }
      article.hidden = !kinds.includes(kind) || !any;
      shown += !article.hidden;
    }
    byId("filters").classList.toggle("empty", !shown);
  }

  async function jump(place) {
    const answer = await ask("jump", { place });
    if (answer !== null) say(JSON.parse(answer).said);
    navigator.clipboard?.writeText(place).catch(() => {});
  }

  // -- commands ------------------------------------------------------------------------------------------

  async function run(form) {
    const told = {};
    for (const [name, value] of new FormData(form)) (told[name] ??= []).push(value);
    say("");
    const answer = await ask("run", { command: form.dataset.command, told });
    if (answer !== null) byId("jobs").scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    const place = event.target.closest?.("[data-place]");
    if (place) jump(place.dataset.place);
    const going = event.target.closest?.("[data-stop]");
    if (!going) return;
    say("");
    ask("stop", { number: Number(going.dataset.stop) });
  });
  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target.closest("[data-command]");
    if (form) run(form);
  });
  document.addEventListener("invalid", (event) => {
    event.target.closest("details").open = true;
  }, true);
  byId("filters").addEventListener("input", filter);
  byId("stop").addEventListener("click", async () => {
    const answer = await ask("../../stop", {});
    if (answer !== null) say(answer);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) unseen = 0;
    count();
  });
  addEventListener("focus", relist);
  prepare();
  follow(heard);
})();
