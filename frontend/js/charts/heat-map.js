// Lights by row and column: a tile on the tint of its light, with its dot and what is written.
import { frame } from "./frame.js";

const GAP = 2;
const TOP = 36;
const ROW = 36;

/** payload: { rows: [text], columns: [text], cells: [[[light, text]]], words: {light: word} }; the first row is on top. */
export function heatMap({ rows, columns, cells, words }, colours) {
  const base = frame(colours);
  const label = { color: colours["text-muted"], interval: 0 };
  const bare = { axisTick: { show: false }, axisLine: { show: false }, splitLine: { show: false } };
  return {
    ...base,
    height: TOP + rows.length * ROW,
    grid: { left: 4, right: 4, top: 28, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: { ...base.tooltip, trigger: "item", formatter: ({ data }) => reading(data, rows, columns, cells, words) },
    xAxis: { type: "category", data: columns, position: "top", ...bare, axisLabel: { ...label, interval: "auto", hideOverlap: true } },
    yAxis: { type: "category", data: rows, inverse: true, ...bare, axisLabel: { ...label, color: colours.text, width: 130, overflow: "truncate" } },
    series: [{
      type: "custom",
      encode: { x: 0, y: 1 },
      data: cells.flatMap((row, y) => row.map((_cell, x) => [x, y])),
      renderItem: (_params, api) => tile(api, cells[api.value(1)][api.value(0)], colours),
    }],
  };
}

function reading([x, y], rows, columns, cells, words) {
  const [light, text] = cells[y][x];
  return `${rows[y]}\n${columns[x]}  ${text}  ${words[light]}`;
}

function tile(api, [light, text], colours) {
  const [width, height] = api.size([1, 1]);
  const [x, y] = api.coord([api.value(0), api.value(1)]);
  const box = { x: x - width / 2 + GAP, y: y - height / 2 + GAP, width: width - 2 * GAP, height: height - 2 * GAP };
  const roomy = width > 44;
  const dot = [roomy ? x - width / 2 + 13 : x, y];
  // On a phone the colour and the shape are enough; the numbers stand in the table and under the finger.
  if (!roomy) return { type: "group", children: [plate(box, light, colours), mark(light, ...dot, colours)] };
  const ink = colours[`${light}-ink`] ?? colours["text-muted"];
  return {
    type: "group",
    children: [
      plate(box, light, colours),
      mark(light, ...dot, colours),
      { type: "text", style: { text, x: x + 5, y, fill: ink, fontSize: 11, fontWeight: 600, fontFamily: colours.font, align: "center", verticalAlign: "middle" } },
    ],
  };
}

function plate(box, light, colours) {
  return { type: "rect", shape: { ...box, r: 5 }, style: { fill: colours[`${light}-tint`] } };
}

/** The dots differ in shape as well, as they do on pages. */
function mark(light, x, y, colours) {
  const fill = { fill: colours[light] };
  if (light === "green") return { type: "circle", shape: { cx: x, cy: y, r: 3.5 }, style: fill };
  if (light === "grey") return { type: "circle", shape: { cx: x, cy: y, r: 3 }, style: { fill: "none", stroke: colours.grey, lineWidth: 1.5 } };
  const turned = light === "yellow" ? { rotation: Math.PI / 4, originX: x, originY: y } : {};
  return { type: "rect", shape: { x: x - 3, y: y - 3, width: 6, height: 6, r: 1 }, style: fill, ...turned };
}
