"use strict";
async function open_(asked) {
  const answer = await ask("open", asked);
  if (answer) location.href = `w/${(await answer.json()).key}/`;
}

for (const button of document.querySelectorAll("[data-open]")) {
  button.addEventListener("click", () => open_({ key: button.dataset.open }));
}
byId("open").addEventListener("submit", (event) => {
  event.preventDefault();
  open_({ path: byId("path").value });
});
