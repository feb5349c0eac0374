// Files are handed in as soon as they are chosen; what is refused says why beside the field.
function list(place, sentences) {
  const old = place.querySelector("[data-refused]");
  const refused = Object.assign(document.createElement("div"), { role: "alert" });
  refused.setAttribute("data-refused", "");
  const errors = Object.assign(document.createElement("ul"), { className: "errorlist" });
  errors.append(...sentences.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  if (sentences.length) refused.append(errors);
  if (old) old.replaceWith(refused);
  else place.querySelector("[data-file-field]").after(refused);
}

async function upload(field) {
  const place = field.closest("[data-field]");
  const token = field.form.elements.namedItem("csrfmiddlewaretoken").value;
  const refused = [];
  field.setAttribute("aria-busy", "true");
  for (const file of [...field.files]) {
    const sent = new FormData();
    sent.append(field.name, file);
    try {
      const response = await fetch(field.dataset.upload, {
        method: "POST", body: sent, headers: { Accept: "application/json", "X-CSRFToken": token },
      });
      if (response.ok) place.querySelector("[data-files]").innerHTML = await response.text();
      else {
        const { error } = await response.json();
        refused.push(`${error.message} ${error.hint}`);
      }
    } catch {
      refused.push(field.dataset.saidFailed);
    }
  }
  field.removeAttribute("aria-busy");
  field.value = "";
  list(place, refused);
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-filling] input[data-upload]") && event.target.files.length) upload(event.target);
});
