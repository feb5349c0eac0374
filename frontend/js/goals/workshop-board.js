// The board of a workshop for those who lead it: cards are dragged with mouse or finger. The form in each card's menu is what is
// sent, so that a drop and a press are the same request; the answer is the board as it stands then.
import Sortable from "sortablejs";

import { FEEL } from "../dragging.js";

const CARDS = {
  ...FEEL,
  group: "workshop-cards",
  draggable: "[data-card]",
  // What is pressed in a card is pressed, and never dragged.
  filter: "a, button, summary, .menu-panel",
  preventOnFilter: false,
};

let dragged = false;
let putBack;

function send(card, column, place) {
  const form = card.querySelector("form[data-move]");
  const button = form.querySelector(`button[value="${column}"]`);
  form.elements.namedItem("place").value = place;
  button.disabled = false;
  form.requestSubmit(button);
}

class WorkshopBoard extends HTMLElement {
  connectedCallback() {
    if (!this.hasAttribute("data-movable")) return;
    this.lists = [...this.querySelectorAll("[data-column]")].map((list) => Sortable.create(list, {
      ...CARDS,
      onStart: ({ item, from }) => {
        const next = item.nextSibling;
        dragged = true;
        putBack = () => from.insertBefore(item, next);
      },
      onEnd: ({ item, to, from, newDraggableIndex, oldDraggableIndex }) => {
        dragged = false;
        if (to !== from || newDraggableIndex !== oldDraggableIndex) send(item, to.dataset.column, newDraggableIndex);
      },
    }));
  }

  disconnectedCallback() {
    for (const list of this.lists ?? []) list.destroy();
  }
}

customElements.define("workshop-board", WorkshopBoard);

// The board does not refresh itself under somebody's hand.
document.addEventListener("htmx:before:request", (event) => {
  const board = event.detail.ctx.sourceElement;
  if (board.id === "workshop-board" && (dragged || board.querySelector("details[open]"))) event.preventDefault();
});

// What was refused is taken back on the page too; a toast says why.
document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  if (!ctx.sourceElement.matches("form[data-move]")) return;
  if (!ctx.response || ctx.response.status >= 400) putBack?.();
  putBack = undefined;
});

// htmx lets what it puts in begin with the attributes of what had the same id. What dragging has left in `style` must not travel
// along: the content security policy would object.
document.addEventListener("htmx:before:swap", () => {
  for (const moved of document.querySelectorAll("#workshop-board [style]")) moved.removeAttribute("style");
});
