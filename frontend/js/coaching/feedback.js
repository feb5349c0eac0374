// While feedback is written: a quoted hint leads to its words, and recognition for the team is only offered for recognition.
// Without this script the quotes are read, and the server says what does not go together.
document.addEventListener("click", (event) => {
  const quote = event.target.closest?.("[data-hint-part]");
  if (!quote) return;
  const field = quote.closest("form")?.elements[quote.dataset.hintPart];
  if (!field) return;
  // The server counts characters, the browser halves of some: “👍” is one there and two here.
  const characters = [...field.value];
  const place = (count) => characters.slice(0, Number(count)).join("").length;
  field.closest("details")?.setAttribute("open", "");
  field.focus();
  field.setSelectionRange(place(quote.dataset.hintStart), place(quote.dataset.hintEnd));
});

function offerReaders(form) {
  const development = form.querySelector('[name="kind"][value="development"]').checked;
  const team = form.querySelector('[name="visibility"][value="team"]');
  team.disabled = development;
  if (development && team.checked) form.querySelector('[name="visibility"][value="receiver"]').checked = true;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-feedback-form]");
  if (form && event.target.name === "kind") offerReaders(form);
});
for (const form of document.querySelectorAll("[data-feedback-form]")) offerReaders(form);

/** No more can be chosen than are taken; the server says so too. */
function offerAbilities() {
  for (const group of document.querySelectorAll("[data-most-chosen]")) {
    const boxes = [...group.querySelectorAll('input[type="checkbox"]')];
    const isFull = boxes.filter((box) => box.checked).length >= Number(group.dataset.mostChosen);
    for (const box of boxes) box.disabled = isFull && !box.checked;
  }
}
document.addEventListener("change", (event) => { if (event.target.name === "competencies") offerAbilities(); });
document.addEventListener("htmx:after:swap", offerAbilities);
offerAbilities();

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});
