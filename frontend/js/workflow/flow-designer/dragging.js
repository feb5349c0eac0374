// Cards dragged by mouse and finger, within a list and from one to another; branches within their fork. Sortable only shows
// where things would go: what was moved is told, and the canvas draws it.
import Sortable from "sortablejs";

import { FEEL } from "../../dragging.js";

const CARDS = {
  ...FEEL,
  scroll: true,
  scrollSensitivity: 72,
  filter: ".flow-plus, .flow-tools, .flow-fork-add",
  preventOnFilter: false,
};

let made = [];

/** `moved(key, list, at)` for nodes, where `at` counts without the node itself; `ranked(fork, from, to)` for branches. */
export function makeDraggable(root, { moved, ranked, dragging }) {
  for (const each of made) each.destroy();
  const around = { onStart: () => dragging(true), onUnchoose: () => dragging(false) };
  const lists = [...root.querySelectorAll(".flow-list")].map((list) => Sortable.create(list, {
    ...CARDS, ...around,
    group: "flow-nodes",
    draggable: ">.flow-item",
    handle: ".flow-card, .flow-fork-head",
    filter: `${CARDS.filter}, .flow-item.is-fixed > .flow-card, .flow-branch > .flow-card`,
    invertSwap: true,
    emptyInsertThreshold: 24,
    // Nothing goes before the start, and no fork into itself.
    onMove: ({ related, dragged, to, willInsertAfter }) => !(related.classList.contains("is-fixed") && !willInsertAfter && !related.contains(to)) && !dragged.contains(to),
    onEnd: ({ item, to, newDraggableIndex }) => moved(item.dataset.key, to.dataset.list, newDraggableIndex),
  }));
  const forks = [...root.querySelectorAll(".flow-branches")].map((list) => Sortable.create(list, {
    ...CARDS, ...around,
    group: `fork-${list.dataset.fork}`,
    draggable: ">.flow-branch",
    handle: ".flow-branch > .flow-card",
    filter: `${CARDS.filter}, .flow-branch.is-fixed > .flow-card`,
    onMove: ({ related }) => !related.classList.contains("is-fixed"),
    onEnd: ({ oldDraggableIndex, newDraggableIndex }) => ranked(list.dataset.fork, oldDraggableIndex, newDraggableIndex),
  }));
  made = [...lists, ...forks];
}
