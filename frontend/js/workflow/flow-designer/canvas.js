// Draws the flow as cards from top to bottom, forks side by side. Draws all of it after each change: a flow has some
// dozens of cards, and what is drawn anew cannot be out of step. The focus stays where it was by `data-focus`.
import { h, icon } from "./dom.js";
import { canShift, isInside } from "./tree.js";

export const ICONS = {
  start: "player-play", approve: "user-check", fill: "edit", sign: "signature", cc: "send", wait: "hourglass", branch: "arrows-split",
};

/**
 * `view`: {body, selected, moving, sentences, problems, steps, isEditable, sprite, words, say}. `problems` are sentences by
 * the id they belong to, `steps` the place of each id on the path that was tried (null: nothing was tried). Gives whether
 * anything was different.
 */
export function draw(root, view) {
  const next = [nodeList(view, view.body.nodes, ""), ending(view)];
  if (next.every((part, at) => root.childNodes[at]?.isEqualNode(part))) return false;
  const focused = root.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  root.replaceChildren(...next);
  if (focused) root.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  return true;
}

function nodeList(view, nodes, list) {
  const items = nodes.map((node, at) => nodeItem(view, node, list, at));
  return h("ol", { class: "flow-list", "data-list": list }, items);
}

function nodeItem(view, node, list, at) {
  const fixed = node.kind === "start" || !view.isEditable;
  const inner = node.kind === "branch" ? fork(view, node) : card(view, node.key, node);
  return h(
    "li",
    { class: `flow-item${fixed ? " is-fixed" : ""}`, "data-key": node.key },
    inner,
    join(view, list, at + 1),
  );
}

/** The line to the next card, with the button that puts something in between. */
function join(view, list, at) {
  return h("div", { class: "flow-join" }, view.isEditable && (view.moving ? goal(view, list, at) : plus(view, list, at)));
}

function plus(view, list, at) {
  return h(
    "button",
    {
      type: "button", class: "flow-plus", "data-do": "add", "data-list": list, "data-at": at, "data-focus": `plus:${list}:${at}`,
      "aria-haspopup": "menu", "aria-label": view.words.add_after.replace("%(name)s", before(view, list, at)),
    },
    icon(view.sprite, "plus"),
  );
}

function goal(view, list, at) {
  if (isInside(view.body, list, view.moving)) return null;
  return h(
    "button",
    {
      type: "button", class: "flow-goal", "data-do": "place", "data-list": list, "data-at": at, "data-focus": `goal:${list}:${at}`,
      "aria-label": view.words.place_after.replace("%(name)s", before(view, list, at)),
    },
    icon(view.sprite, "arrow-down"), view.words.place_here,
  );
}

/** What stands above a gap, by name. */
function before(view, list, at) {
  return view.nameAbove(list, at);
}

function card(view, id, node) {
  const { words, sprite } = view;
  const problems = view.problems[id] ?? [];
  const step = view.steps ? view.steps[id] ?? 0 : null;
  const main = h(
    "button",
    { type: "button", class: "flow-card-main", "data-do": "select", "data-id": id, "data-focus": id, "aria-pressed": String(view.selected === id) },
    h(
      "span", { class: "flow-card-top" },
      h("span", { class: "flow-sign" }, icon(sprite, ICONS[node.kind] ?? "help-circle")),
      h("span", { class: "flow-card-name", translate: "no" }, view.nameOf(node)),
      node.kind in words.kinds && view.nameOf(node) !== words.kinds[node.kind] && h("span", { class: "flow-card-kind" }, words.kinds[node.kind]),
    ),
    h("span", { class: "flow-card-sentence", translate: "no" }, view.sentences[id] ?? words.new_part),
    problems.map((problem) => h("span", { class: "flow-card-problem" }, icon(sprite, "alert-circle"), problem)),
    walked(view, id, step),
  );
  return h("article", { class: classes("flow-card", node.kind, view, id, problems, step) }, main, tools(view, id));
}

function walked(view, id, step) {
  if (!step || step < 0) return null;
  return h("span", { class: "flow-card-people" }, h("span", { class: "flow-card-step" }, String(step)), h("span", { translate: "no" }, view.people[id] ?? ""));
}

function classes(stem, kind, view, id, problems, step) {
  const states = { "is-selected": view.selected === id, "is-faulty": problems.length > 0, "is-walked": step !== null && step !== 0, "is-passed-by": step === 0, "is-moving": view.moving === id };
  return [stem, `flow-kind-${kind}`, ...Object.keys(states).filter((state) => states[state])].join(" ");
}

/** What can be done with the selected card, right at it. */
function tools(view, id) {
  if (view.selected !== id || !view.isEditable || view.moving || !view.isMovable(id)) return null;
  const tool = (command, name, label, able = true) =>
    h("button", { type: "button", class: "flow-tool", "data-do": command, "data-id": id, "data-focus": `${command}:${id}`, "aria-label": label, title: label, "aria-disabled": able ? null : "true" }, icon(view.sprite, name));
  const sideways = id.includes("/");
  return h(
    "span", { class: "flow-tools", role: "group", "aria-label": view.words.tools },
    tool("up", sideways ? "arrow-left" : "arrow-up", sideways ? view.words.earlier : view.words.up, canShift(view.body, id, -1)),
    tool("down", sideways ? "arrow-right" : "arrow-down", sideways ? view.words.later : view.words.down, canShift(view.body, id, 1)),
    tool("copy", "copy", view.words.copy),
    tool("remove", "trash", view.words.remove),
  );
}

function fork(view, node) {
  const problems = view.problems[node.key] ?? [];
  const head = h(
    "div", { class: classes("flow-fork-head", "branch", view, node.key, problems, null) },
    h(
      "button",
      { type: "button", class: "flow-fork-main", "data-do": "select", "data-id": node.key, "data-focus": node.key, "aria-pressed": String(view.selected === node.key) },
      icon(view.sprite, ICONS.branch), h("span", { translate: "no" }, view.nameOf(node)),
      problems.length > 0 && h("span", { class: "flow-fork-problem" }, icon(view.sprite, "alert-circle"), h("span", { class: "visually-hidden" }, problems.join(" "))),
    ),
    view.isEditable && h("button", { type: "button", class: "flow-fork-add", "data-do": "branch", "data-id": node.key, "data-focus": `branch:${node.key}` }, icon(view.sprite, "plus"), view.words.add_branch),
    tools(view, node.key),
  );
  const branches = node.branches.map((each, at) => branch(view, node, each, at));
  return h("div", { class: "flow-fork" }, head, h("ol", { class: "flow-branches", "data-fork": node.key }, branches));
}

function branch(view, fork, each, at) {
  const id = `${fork.key}/${each.key}`;
  const isLast = at === fork.branches.length - 1;
  return h(
    "li", { class: `flow-branch${isLast ? " is-fixed" : ""}`, "data-id": id },
    condition(view, id, each, isLast ? null : at + 1),
    h("div", { class: "flow-join" }, view.isEditable && (view.moving ? goal(view, id, 0) : plus(view, id, 0))),
    nodeList(view, each.nodes, id),
  );
}

function condition(view, id, each, rank) {
  const problems = view.problems[id] ?? [];
  const step = view.steps ? view.steps[id] ?? 0 : null;
  const main = h(
    "button",
    { type: "button", class: "flow-card-main", "data-do": "select", "data-id": id, "data-focus": id, "aria-pressed": String(view.selected === id) },
    h(
      "span", { class: "flow-card-top" },
      h("span", { class: "flow-card-name", translate: "no" }, view.nameOf(each)),
      h("span", { class: "flow-card-rank" }, rank ? view.words.rank.replace("%(rank)s", rank) : view.words.rest),
    ),
    h("span", { class: "flow-card-sentence", translate: "no" }, view.sentences[id] ?? (rank ? view.words.no_condition : view.words.otherwise)),
    problems.map((problem) => h("span", { class: "flow-card-problem" }, icon(view.sprite, "alert-circle"), problem)),
  );
  const kind = rank ? "condition" : "otherwise";
  return h("article", { class: classes("flow-card", kind, view, id, problems, step) }, main, tools(view, id));
}

function ending(view) {
  return h("div", { class: "flow-ending" }, icon(view.sprite, "flag"), view.words.ending);
}
