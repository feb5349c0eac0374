// While a form is on its way its button shows it, and a second press does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.target === "_blank") return;
  if (form.method === "get" || form.hasAttribute("data-download")) return;
  if (form.hasAttribute("data-submitting")) {
    event.preventDefault();
    return;
  }
  form.setAttribute("data-submitting", "");
  event.submitter?.setAttribute("aria-busy", "true");
});

function release(root) {
  for (const form of root.querySelectorAll("[data-submitting]")) {
    form.removeAttribute("data-submitting");
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
}

// Back from the history cache, the page is as it was left: mid-submission.
window.addEventListener("pageshow", () => release(document));
document.addEventListener("htmx:finally:request", () => release(document));
