// The table of a decomposition: a change sends the whole form, rows fold, sliders say where they stand. Without this
// file the buttons of the page do the same.
document.addEventListener("change", (event) => {
  const { form, name, value } = event.target;
  if (form?.id !== "split-rules") return;
  // Whoever types faster than the server answers: what is typed meanwhile goes with the next round.
  if (form.hasAttribute("data-submitting")) typed.set(name, value);
  else form.requestSubmit();
});

const typed = new Map();

function sendTyped() {
  if (!typed.size) return;
  const form = document.getElementById("split-rules");
  for (const [name, value] of typed) {
    const field = form?.elements.namedItem(name);
    if (field) field.value = value;
  }
  typed.clear();
  form?.requestSubmit();
}

document.addEventListener("input", (event) => {
  const slider = event.target;
  if (!slider.matches?.("[data-slider]")) return;
  slider.nextElementSibling.value = `${slider.value > 0 ? "+" : ""}${slider.value}%`;
  const copy = document.querySelector(`#split-adopt [name="${slider.name}"]`);
  if (copy) copy.value = slider.value;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-split-fold]");
  if (!button) return;
  const opens = button.getAttribute("aria-expanded") === "false";
  button.setAttribute("aria-expanded", opens);
  const row = button.closest("tr");
  folded.set(row.dataset.node, !opens);
  hide(row.closest("tbody"));
});

/** Which nodes are folded; it outlives the table, which the server sends anew with every change. */
const folded = new Map();

function hide(body) {
  const hidden = new Set();
  for (const row of body.rows) {
    const { node, above } = row.dataset;
    row.hidden = hidden.has(above) || folded.get(above) === true;
    if (row.hidden) hidden.add(node);
    row.querySelector("[data-split-fold]")?.setAttribute("aria-expanded", folded.get(node) !== true);
  }
}

function dress(root) {
  for (const button of root.querySelectorAll?.("[data-split-fold][hidden]") ?? []) button.hidden = false;
  for (const body of root.querySelectorAll?.("#split-plan .table-split > tbody") ?? []) hide(body);
}

dress(document);
document.addEventListener("htmx:after:swap", () => dress(document));
document.addEventListener("htmx:finally:request", () => setTimeout(sendTyped));
