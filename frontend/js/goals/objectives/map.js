// The alignment map: pan, zoom, fold, open branches, drag one card onto another. Without it the map is a list that scrolls,
// its folds are links to a map that begins there, and its handles are links to a page where one chooses.
import { dragging } from "./drag.js";
import { fold, foldAll, insertMore, toggle } from "./branches.js";
import { keepView, panning, zooming } from "./view.js";

function start(map) {
  const pane = map.querySelector(".okr-pane");
  const tree = map.querySelector("[data-okr-tree]");
  const zoom = zooming(map, pane, tree);
  panning(pane);
  dragging(map, pane);
  map.addEventListener("click", (event) => act(event, map, tree, zoom));
  const at = map.dataset.at && document.getElementById(map.dataset.at);
  if (at) {
    zoom.enough();
    show(at, pane);
  }
  keepView(map, pane, Boolean(at));
}

function act(event, map, tree, zoom) {
  const target = event.target.closest("[data-okr], [data-fold], [data-more]");
  if (!target || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  if (target.matches("[data-fold]")) toggle(target);
  else if (target.matches("[data-more]")) insertMore(target);
  else if (target.dataset.okr === "fold") foldAll(tree);
  else if (target.dataset.okr === "results") showResults(tree, target);
  else zoom[target.dataset.okr]?.();
}

function showResults(tree, button) {
  const open = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(open));
  for (const details of tree.querySelectorAll(".okr-results")) details.open = open;
}

/** Brings a card into the middle, with a ring around it. */
function show(node, pane) {
  for (let above = node.parentElement.closest(".okr-node"); above; above = above.parentElement.closest(".okr-node")) fold(above, false);
  const card = node.querySelector("[data-card]");
  card.classList.add("is-found");
  const box = card.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  pane.scrollBy({ left: box.left - frame.left - (frame.width - box.width) / 2, top: box.top - frame.top - (frame.height - box.height) / 2 });
  if (getComputedStyle(pane).overflowY === "visible") card.scrollIntoView({ block: "center" });
}

for (const map of document.querySelectorAll("[data-okr-map]")) start(map);
