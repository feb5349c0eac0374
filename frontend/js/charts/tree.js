// A driver tree from left to right: each node a small card with its light, value and what it contributed; branches fold.
// On a phone the list of the page stands in its place.
import { frame } from "./frame.js";

const CARD = { width: 148, padding: 12, row: 78 };
const HALF = CARD.width / 2 + CARD.padding;
const MOST_ROWS = 14;

/** payload: { root: {name, value, light, word, target, contribution, mood, children}, words: {target, contribution} } */
export function tree({ root, words }, colours) {
  const base = frame(colours);
  const open = [3, 2, 1].find((depth) => leaves(root, depth) <= MOST_ROWS) ?? 1;
  return {
    ...base,
    height: Math.max(220, leaves(root, open) * CARD.row),
    tooltip: { ...base.tooltip, trigger: "item", triggerOn: "mousemove", formatter: ({ data }) => reading(data.node, words) },
    series: [{
      type: "tree", orient: "LR", edgeShape: "polyline", edgeForkPosition: "50%", initialTreeDepth: open, expandAndCollapse: true,
      left: HALF + 2, right: HALF + 2, top: 8, bottom: 8, symbol: "none", lineStyle: { color: colours["line-strong"], width: 1.25 },
      label: { ...card(colours), offset: [-HALF, 0], formatter: ({ data }) => written(data.node, data.node.depth >= open) },
      data: [shaped(root)],
    }],
  };
}

/** ECharts takes `value` and `name` for itself, so that the node travels whole beside them. */
function shaped(node, depth = 0) {
  return { name: node.name, node: { ...node, depth }, children: node.children.map((child) => shaped(child, depth + 1)) };
}

function leaves(node, depth) {
  if (!node.children.length || !depth) return 1;
  return node.children.reduce((many, child) => many + leaves(child, depth - 1), 0);
}

function card(colours) {
  const light = (colour, borderRadius = 5) => ({ width: 9, height: 9, borderRadius, backgroundColor: colour, align: "left" });
  const small = { fontSize: 11, lineHeight: 18, color: colours["text-muted"] };
  return {
    show: true, position: "inside", align: "left", width: CARD.width, overflow: "truncate", padding: [7, CARD.padding],
    backgroundColor: colours.surface, borderColor: colours["line-strong"], borderWidth: 1, borderRadius: 8, color: colours.text,
    rich: {
      name: { fontSize: 12, lineHeight: 20, color: colours["text-soft"], padding: [0, 0, 0, 6] },
      value: { fontSize: 15, fontWeight: 600, lineHeight: 22, color: colours.text },
      small, good: { ...small, color: colours["green-ink"] }, bad: { ...small, color: colours["red-ink"] }, none: small,
      green: light(colours.green), yellow: light(colours.yellow), red: light(colours.red, 1),
      grey: { ...light("transparent"), borderColor: colours.grey, borderWidth: 2 },
    },
  };
}

/** A node whose branch is folded at first says how many are behind it. */
function written({ name, value, light, contribution, mood, children }, isFolded) {
  const more = children.length && isFolded ? `  {small|(${children.length})}` : "";
  const moved = contribution ? `  {${mood}|${plain(contribution)}}` : "";
  return `{${light}|}{name|${plain(name)}}${more}\n{value|${plain(value)}}${moved}`;
}

function reading({ name, word, value, target, contribution }, words) {
  const rows = [`${name}  ${word}`, value];
  if (target) rows.push(`${words.target}  ${target}`);
  if (contribution) rows.push(`${words.contribution}  ${contribution}`);
  return rows.join("\n");
}

function plain(text) {
  return text.replace(/[{}|]/g, " ");
}
