// Branches of the map: folded, unfolded, and fetched when they are first wanted.
import { showTemplate } from "../../toasts.js";

export function below(node) {
  return node.querySelector(":scope > .okr-below");
}

export function fold(node, folded) {
  const list = below(node);
  if (list) list.hidden = folded;
  node.querySelector(":scope > .okr-stem > [data-fold]")?.setAttribute("aria-expanded", String(!folded && Boolean(list)));
}

export function foldAll(tree) {
  for (const node of tree.querySelectorAll(":scope > .okr-node")) fold(node, true);
}

export async function toggle(link) {
  const node = link.closest(".okr-node");
  if (below(node)) return fold(node, link.getAttribute("aria-expanded") === "true");
  await open(node);
}

/** Draws what lies below a node, if it is not drawn yet. */
export async function open(node) {
  const link = node.querySelector(":scope > .okr-stem > [data-fold]");
  if (below(node) || !link) return fold(node, false);
  const items = await fetched(link.dataset.branch, link);
  if (!items || below(node)) return;
  const list = document.createElement("ul");
  list.className = "okr-below";
  list.append(...items);
  node.append(list);
  fold(node, false);
}

export async function insertMore(link) {
  const item = link.closest(".okr-more");
  const items = await fetched(link.href, link);
  // What was dragged here before it was fetched is not drawn twice.
  if (items) item.replaceWith(...items.filter((each) => !each.id || !document.getElementById(each.id)));
}

/** Counts one more or less below a node, and gives or takes the sign to fold it. */
export function count(node, change) {
  const number = Number(node.dataset.count) + change;
  node.dataset.count = String(number);
  const sign = node.querySelector(":scope > .okr-stem > [data-fold]");
  sign.hidden = number === 0;
  sign.firstElementChild.textContent = String(number);
  if (number === 0) below(node)?.remove();
}

async function fetched(address, link) {
  if (link.hasAttribute("aria-busy")) return null;
  link.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { headers: { "HX-Request": "true" } });
    if (response.redirected) location.reload();
    if (!response.ok) throw new Error(response.status);
    const holder = document.createElement("template");
    holder.innerHTML = await response.text();
    return [...holder.content.children];
  } catch {
    showTemplate("notice-unreachable");
    return null;
  } finally {
    link.removeAttribute("aria-busy");
  }
}
