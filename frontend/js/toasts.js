// Good news leaves by itself; anything else waits to be read and closed.
const STAY = 6000;

function watch(toast) {
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), STAY); };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("pointerleave", start);
  start();
}

function adopt(root) {
  for (const toast of root.querySelectorAll(".toast-card[data-leaves]:not([data-watched])")) {
    toast.setAttribute("data-watched", "");
    watch(toast);
  }
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-toast-close]")?.closest(".toast-card").remove();
});

/** Shows the sentence kept in a <template> of the page, once. */
export function showTemplate(id) {
  const stack = document.getElementById("toasts");
  const template = document.getElementById(id);
  if (!stack || !template || stack.querySelector(`[data-from="${id}"]`)) return;
  const toast = template.content.cloneNode(true);
  toast.firstElementChild.dataset.from = id;
  stack.append(toast);
}

export function dismissTemplate(id) {
  document.querySelector(`#toasts [data-from="${id}"]`)?.remove();
}

adopt(document);
document.addEventListener("htmx:after:swap", () => adopt(document));
