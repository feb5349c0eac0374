// The nested list of a flow: finding a place in it and changing it. A list is named by where it hangs: "" is the flow
// itself, "<fork>/<branch>" the nodes of a branch. The start stays first, the branch without a condition last.

const clone = (value) => JSON.parse(JSON.stringify(value));

/** Every node, top to bottom, with the list it stands in. */
export function* walk(nodes, list = "") {
  for (const [at, node] of nodes.entries()) {
    yield { node, nodes, list, at };
    for (const branch of node.kind === "branch" ? node.branches : []) yield* walk(branch.nodes, `${node.key}/${branch.key}`);
  }
}

/** The place of a node, or of a branch by "<fork>/<branch>"; null where there is none. */
export function find(body, id) {
  const [key, branchKey] = id.split("/");
  const place = [...walk(body.nodes)].find(({ node }) => node.key === key);
  if (!place || branchKey === undefined) return place ?? null;
  const at = place.node.branches?.findIndex((branch) => branch.key === branchKey) ?? -1;
  return at < 0 ? null : { fork: place.node, branch: place.node.branches[at], at };
}

export function listAt(body, list) {
  return list === "" ? body.nodes : find(body, list)?.branch.nodes;
}

/** A key that is not taken: approve_2, approve_3 … */
export function freshKey(body, stem) {
  const taken = new Set();
  for (const { node } of walk(body.nodes)) {
    taken.add(node.key);
    for (const branch of node.branches ?? []) taken.add(branch.key);
  }
  return unused(taken, stem);
}

function unused(taken, stem) {
  let key = stem;
  for (let count = 2; taken.has(key); count += 1) key = `${stem.slice(0, 34)}_${count}`;
  taken.add(key);
  return key;
}

export function insert(body, list, at, node) {
  listAt(body, list).splice(list === "" ? Math.max(1, at) : at, 0, node);
}

/** Whether `list` hangs below the node `key`. */
export function isInside(body, list, key) {
  const hangsHere = (node) => (node.branches ?? []).some((branch) => `${node.key}/${branch.key}` === list);
  return [...walk([find(body, key).node])].some(({ node }) => hangsHere(node));
}

/** Moves a node so that it stands at `goal` of `list`, counted without it. Gives whether anything moved. */
export function move(body, key, list, goal) {
  const place = find(body, key);
  if (!place || place.node.kind === "start" || isInside(body, list, key)) return false;
  const at = Math.max(list === "" ? 1 : 0, goal);
  if (place.list === list && place.at === at) return false;
  place.nodes.splice(place.at, 1);
  listAt(body, list).splice(at, 0, place.node);
  return true;
}

/** Moves a node into the gap before what stands at `at` of `list` now. */
export function moveToGap(body, key, list, at) {
  const place = find(body, key);
  return move(body, key, list, place.list === list && at > place.at ? at - 1 : at);
}

/** One step up (-1) or down (1); from the edge of a branch out of it, before or after its fork. */
export function shift(body, id, by) {
  if (id.includes("/")) return shiftBranch(body, id, by);
  const { list, at, nodes } = find(body, id);
  const goal = at + by;
  if (goal >= (list === "" ? 1 : 0) && goal < nodes.length) return move(body, id, list, goal);
  if (list === "") return false;
  const fork = find(body, list.split("/")[0]);
  return move(body, id, fork.list, by > 0 ? fork.at + 1 : fork.at);
}

export function canShift(body, id, by) {
  if (id.includes("/")) {
    const { fork, at } = find(body, id);
    return at + by >= 0 && at < fork.branches.length - 1 && at + by < fork.branches.length - 1;
  }
  const { node, list, at, nodes } = find(body, id);
  if (node.kind === "start") return false;
  return list !== "" || (by < 0 ? at > 1 : at < nodes.length - 1);
}

function shiftBranch(body, id, by) {
  const { fork, at } = find(body, id);
  return canShift(body, id, by) && moveBranch(fork, at, at + by);
}

/** The branch without a condition stays the last. */
export function moveBranch(fork, from, to) {
  const last = fork.branches.length - 1;
  const goal = Math.min(to, last - 1);
  if (from === goal || from >= last || goal < 0) return false;
  fork.branches.splice(goal, 0, ...fork.branches.splice(from, 1));
  return true;
}

/** A copy right behind, with keys of its own. Gives its id. */
export function duplicate(body, id) {
  if (id.includes("/")) return duplicateBranch(body, id);
  const { node, nodes, at } = find(body, id);
  const twin = renewed(body, [clone(node)])[0];
  nodes.splice(at + 1, 0, twin);
  return twin.key;
}

function duplicateBranch(body, id) {
  const { fork, branch, at } = find(body, id);
  const twin = clone(branch);
  twin.key = freshKey(body, branch.key);
  twin.nodes = renewed(body, twin.nodes);
  fork.branches.splice(at + 1, 0, twin);
  return `${fork.key}/${twin.key}`;
}

function renewed(body, nodes) {
  const taken = new Set([...walk(body.nodes)].flatMap(({ node }) => [node.key, ...(node.branches ?? []).map((each) => each.key)]));
  for (const { node } of walk(nodes)) {
    node.key = unused(taken, node.key);
    for (const branch of node.branches ?? []) branch.key = unused(taken, branch.key);
  }
  return nodes;
}

/** A node or branch goes. A fork left with one way is none: what stood on that way takes its place. */
export function remove(body, id) {
  const place = find(body, id);
  if (!place) return;
  if (!place.branch) {
    if (place.node.kind !== "start") place.nodes.splice(place.at, 1);
    return;
  }
  const { fork, at } = place;
  if (at === fork.branches.length - 1) return;
  fork.branches.splice(at, 1);
  if (fork.branches.length > 1) return;
  const home = find(body, fork.key);
  home.nodes.splice(home.at, 1, ...fork.branches[0].nodes);
}

/** The id of what is nearest to `id`, for when it is gone. */
export function neighbour(body, id) {
  const place = find(body, id);
  if (place.branch) return place.fork.key;
  return (place.nodes[place.at - 1] ?? place.nodes[place.at + 1])?.key ?? place.list;
}
