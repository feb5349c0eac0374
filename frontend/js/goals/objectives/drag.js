// A card dragged by its handle (mouse, finger or pen) onto the card it serves, or to the strip that stands for the top.
// A press without a way is a click on the handle, which is a link.
import { below, count, open } from "./branches.js";
import { placed } from "./placing.js";

const FAR_ENOUGH = 6;
const EDGE = 56;

export function dragging(map, pane) {
  const top = map.querySelector("[data-okr-top]");
  let drag = null;

  map.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-grip]") ?? (event.pointerType === "mouse" && movable(event.target));
    if (!handle || event.button !== 0) return;
    const node = handle.closest(".okr-node");
    drag = { node, id: event.pointerId, x: event.clientX, y: event.clientY, ghost: null, over: null };
    if (event.target.closest("[data-grip]")) event.preventDefault();
  });
  addEventListener("pointermove", (event) => {
    if (event.pointerId !== drag?.id) return;
    if (!drag.ghost && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR_ENOUGH) return;
    event.preventDefault();
    drag.ghost ??= lift(drag, map, top);
    follow(drag, event, pane, top);
  }, { passive: false });
  addEventListener("pointerup", (event) => {
    if (event.pointerId === drag?.id) finish(true);
  });
  addEventListener("pointercancel", () => finish(false));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") finish(false);
  });

  function finish(dropped) {
    if (!drag) return;
    const { node, ghost, over } = drag;
    drag = null;
    if (!ghost) return;
    settle(map, top, ghost, node);
    if (dropped && over) placed(map, node, over === top ? null : over.closest(".okr-node"), moved);
  }
}

/** The handle of the card under a mouse, unless something in it is pressed. */
function movable(target) {
  if (target.closest("a:not([data-grip]), button, summary")) return null;
  return target.closest("[data-card]")?.querySelector("[data-grip]");
}

function lift(drag, map, top) {
  const card = drag.node.querySelector("[data-card]");
  const ghost = card.cloneNode(true);
  ghost.classList.add("is-ghost");
  ghost.style.width = `${card.offsetWidth}px`;
  ghost.style.scale = String(card.getBoundingClientRect().width / card.offsetWidth);
  map.append(ghost);
  map.classList.add("is-dragging");
  drag.node.classList.add("is-lifted");
  top.hidden = !drag.node.parentElement.closest(".okr-node");
  getSelection().removeAllRanges();
  // The click that ends a drag opens nothing.
  addEventListener("click", swallow, { capture: true, once: true });
  return ghost;
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

function follow(drag, event, pane, top) {
  drag.ghost.style.translate = `${event.clientX + 12}px ${event.clientY + 12}px`;
  const under = document.elementFromPoint(event.clientX, event.clientY);
  const card = under?.closest("[data-okr-top], [data-card]");
  const over = card && (card === top || fits(drag.node, card.closest(".okr-node"))) ? card : null;
  if (over !== drag.over) {
    drag.over?.classList.remove("is-goal");
    over?.classList.add("is-goal");
    drag.over = over;
  }
  roll(pane, event);
}

/** Near an edge the map rolls on. */
function roll(pane, { clientX, clientY }) {
  const frame = pane.getBoundingClientRect();
  const way = (at, from, to) => (at < from + EDGE ? -14 : at > to - EDGE ? 14 : 0);
  pane.scrollBy(way(clientX, frame.left, frame.right), way(clientY, frame.top, frame.bottom));
  if (getComputedStyle(pane).overflowY === "visible") scrollBy(0, way(clientY, 60, innerHeight - 60));
}

function fits(node, goal) {
  return goal && !node.contains(goal) && node.parentElement.closest(".okr-node") !== goal;
}

function settle(map, top, ghost, node) {
  ghost.remove();
  map.classList.remove("is-dragging");
  node.classList.remove("is-lifted");
  for (const goal of map.querySelectorAll(".is-goal")) goal.classList.remove("is-goal");
  top.hidden = true;
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
}

/** Draws a node where it now belongs: below `goal`, or at the top for none. */
async function moved(map, node, goal) {
  const before = node.parentElement.closest(".okr-node");
  if (before) count(before, -1);
  if (!goal) {
    map.querySelector("[data-okr-tree]").append(node);
  } else {
    node.remove();
    await showBelow(goal, node);
  }
  node.querySelector("[data-card]").classList.add("is-found");
}

async function showBelow(goal, node) {
  const had = Number(goal.dataset.count);
  goal.dataset.count = String(had);
  if (had && !below(goal)) await open(goal);
  goal.querySelector(`#${node.id}`)?.remove();
  if (!below(goal)) {
    const list = document.createElement("ul");
    list.className = "okr-below";
    goal.append(list);
  }
  below(goal).prepend(node);
  below(goal).hidden = false;
  count(goal, 1);
}
