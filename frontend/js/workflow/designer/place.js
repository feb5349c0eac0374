// Puts the designer where the page without a script stands. Alpine, started by app.js, wakes what is put in.
import { hearAnnouncements } from "./announce.js";

/** One component of several parts; getters stay getters. */
export function compose(...parts) {
  return Object.defineProperties({}, Object.assign({}, ...parts.map(Object.getOwnPropertyDescriptors)));
}

/** `component(page)` makes the Alpine component `name` from the JSON the page came with. */
export function place(name, component) {
  const spot = document.getElementById("designer-place");
  const template = document.getElementById("designer");
  if (!spot || !template?.content.querySelector(`[x-data="${name}"]`)) return;
  const page = JSON.parse(document.getElementById("designer-page").textContent);
  window.Alpine.data(name, () => component(page));
  hearAnnouncements();
  spot.replaceChildren(template.content.cloneNode(true));
  document.body.classList.add("has-designer");
}
