// The editor of a driver tree: parts are dragged by their handles, with mouse or finger, to another place or below another
// part. What is sent is the form of the part's arrows; the answer is the editor as it stands then.
import Sortable from "sortablejs";

import { FEEL } from "../dragging.js";

const PARTS = { ...FEEL, group: "driver-tree", draggable: "[data-node]", handle: "[data-grip]", swapThreshold: 0.65, fallbackOnBody: true };

let putBack;

class DriverTreeEditor extends HTMLElement {
  connectedCallback() {
    this.lists = [...this.querySelectorAll("[data-parent]")].map((list) => Sortable.create(list, {
      ...PARTS,
      onStart: ({ item, from }) => {
        const next = item.nextSibling;
        this.toggleAttribute("data-dragging", true);
        putBack = () => from.insertBefore(item, next);
      },
      onEnd: ({ item, to, from, newDraggableIndex, oldDraggableIndex }) => {
        this.toggleAttribute("data-dragging", false);
        if (to !== from || newDraggableIndex !== oldDraggableIndex) send(item, to.dataset.parent, newDraggableIndex);
      },
    }));
  }

  disconnectedCallback() {
    for (const list of this.lists ?? []) list.destroy();
  }
}

customElements.define("driver-tree-editor", DriverTreeEditor);

function send(part, parent, place) {
  const form = part.querySelector("form[data-move]");
  form.elements.namedItem("parent").value = parent;
  form.querySelector('input[name="place"]').value = place;
  form.requestSubmit();
}

// What was refused is taken back on the page too; a toast says why.
document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  if (!ctx.sourceElement.matches("driver-tree-editor form[data-move]")) return;
  if (!ctx.response || ctx.response.status >= 400) putBack?.();
  putBack = undefined;
});

// What dragging has left in `style` must not travel along with a swap: the content security policy would object.
document.addEventListener("htmx:before:swap", () => {
  for (const moved of document.querySelectorAll("driver-tree-editor [style]")) moved.removeAttribute("style");
});
