// While weights are typed, their sum stands below them. The server alone decides whether it is right.
function sum(form) {
  const place = form.querySelector("[data-sum]");
  const weights = [...form.querySelectorAll("[name$=-weight]")].map((field) => Number(field.value) || 0);
  const total = Math.round(weights.reduce((all, each) => all + each, 0) * 1e4) / 1e4;
  place.hidden = false;
  place.classList.toggle("is-whole", total === 100);
  place.textContent = `${place.dataset.word} ${total}%`;
}

document.addEventListener("input", (event) => {
  const form = event.target.name?.endsWith("-weight") && event.target.closest("[data-shares]");
  if (form) sum(form);
});
for (const form of document.querySelectorAll("[data-shares]")) sum(form);
