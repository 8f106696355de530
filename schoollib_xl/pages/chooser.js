"use strict";
async function open_(asked, address = "open") {
  const answer = await ask(address, asked);
  if (answer !== null) location.href = `w/${JSON.parse(answer).key}/`;
}

for (const button of document.querySelectorAll("[data-open]")) {
  button.addEventListener("click", () => open_({ key: button.dataset.open }));
}
byId("new").addEventListener("submit", (event) => {
  event.preventDefault();
  open_({ folder: byId("new-folder").value, name: byId("new-name").value }, "new");
});
