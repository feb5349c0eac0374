// How a number came to be another one: levels stand on the ground, what each part brought hangs between them.
import { frame } from "./frame.js";

const ROW = 40;

/** payload: { steps: [{name, value, shown, kind: level|part|rest, mood: level|good|bad|none, word, url}] } */
export function waterfall({ steps }, colours, narrow) {
  const base = frame(colours);
  const bars = laid(steps);
  const reach = reachOf(bars);
  const names = nameAxis(steps, colours, narrow);
  const amounts = { type: "value", show: false, min: reach.floor, max: reach.top };
  return {
    ...base,
    height: narrow ? steps.length * ROW + 8 : undefined,
    grid: { left: 4, right: narrow ? 84 : 4, top: narrow ? 4 : 28, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: { ...base.tooltip, trigger: "item", formatter: ({ dataIndex }) => reading(steps[dataIndex]) },
    xAxis: narrow ? amounts : names,
    yAxis: narrow ? { ...names, inverse: true } : amounts,
    series: [{
      type: "custom", clip: false, data: bars.map(({ from, to, url }, place) => ({ value: [place, from, to], url })),
      encode: narrow ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
      renderItem: ({ coordSys }, api) => drawn(api, steps[api.value(0)], { colours, narrow, reach, coordSys, isLast: api.value(0) === steps.length - 1 }),
    }],
  };
}

/** Each step with where its bar begins and ends. */
function laid(steps) {
  let reached = 0;
  return steps.map(({ kind, value, url }) => {
    const from = kind === "level" ? 0 : reached;
    reached = from + value;
    return { kind, from, to: reached, url: url || undefined };
  });
}

/** What the axis shows. Where all happens far above the ground, bars of levels are cut and say so. */
function reachOf(bars) {
  const ends = bars.flatMap(({ kind, from, to }) => (kind === "level" ? [to] : [from, to]));
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const span = high - low || Math.abs(high) || 1;
  if (low > 0 && span < low) return { floor: low - span * 0.45, top: high + span * 0.08, isCut: true };
  return { floor: Math.min(0, low) - (low < 0 ? span * 0.08 : 0), top: Math.max(0, high) + span * 0.08, isCut: false };
}

function drawn(api, step, { colours, narrow, reach, coordSys, isLast }) {
  const [place, from, to] = [api.value(0), Math.max(api.value(1), reach.floor), api.value(2)];
  const point = (value) => (narrow ? api.coord([value, place]) : api.coord([place, value]));
  const [first, last] = [point(from), point(to)];
  const across = narrow ? 1 : 0;
  const band = Math.abs(api.size(narrow ? [0, 1] : [1, 0])[across]);
  const wide = Math.min(band * 0.58, narrow ? 20 : 56);
  const box = boxOf(first, last, wide, narrow);
  const children = [{ type: "rect", shape: { ...box, r: 4 }, style: fill(step, colours) }];
  if (step.kind === "level" && reach.isCut) children.push(...cuts(box, colours, narrow));
  if (!isLast) children.push(bridge(last, band, wide, colours, narrow));
  if (!place && reach.floor < 0) children.push(ground(point(0), coordSys, colours, narrow));
  children.push(figure(step, box, colours, narrow));
  return { type: "group", children };
}

function boxOf(first, last, wide, narrow) {
  const [along, across] = narrow ? [0, 1] : [1, 0];
  const from = Math.min(first[along], last[along]);
  const length = Math.max(Math.abs(first[along] - last[along]), 2);
  const side = first[across] - wide / 2;
  return narrow ? { x: from, y: side, width: length, height: wide } : { x: side, y: from, width: wide, height: length };
}

function fill({ kind, mood }, colours) {
  if (kind === "rest") return { fill: colours.sunken, stroke: colours["text-muted"], lineDash: [3, 3], lineWidth: 1 };
  return { fill: { level: colours.primary, good: colours.green, bad: colours.red, none: colours.grey }[mood] };
}

/** Two slanted lines through the foot of a bar: it does not begin at nought. */
function cuts({ x, y, width, height }, colours, narrow) {
  return [12, 18].map((gap) => ({
    type: "line", silent: true,
    shape: narrow
      ? { x1: x + gap - 3, y1: y + height + 2, x2: x + gap + 3, y2: y - 2 }
      : { x1: x - 2, y1: y + height - gap + 4, x2: x + width + 2, y2: y + height - gap - 4 },
    style: { stroke: colours.surface, lineWidth: 2.5 },
  }));
}

/** The thin line from the end of a bar to the beginning of the next. */
function bridge([x, y], band, wide, colours, narrow) {
  const gap = band - wide;
  const shape = narrow
    ? { x1: x, y1: y + wide / 2, x2: x, y2: y + wide / 2 + gap }
    : { x1: x + wide / 2, y1: y, x2: x + wide / 2 + gap, y2: y };
  return { type: "line", silent: true, shape, style: { stroke: colours["line-strong"], lineWidth: 1 } };
}

/** The line of nought, where bars cross it. */
function ground([nought, level], { x, y, width, height }, colours, narrow) {
  const shape = narrow ? { x1: nought, y1: y, x2: nought, y2: y + height } : { x1: x, y1: level, x2: x + width, y2: level };
  return { type: "line", silent: true, shape, style: { stroke: colours.grey, lineWidth: 1 } };
}

function figure({ shown, mood }, { x, y, width, height }, colours, narrow) {
  const at = narrow
    ? { x: x + width + 8, y: y + height / 2, textAlign: "left", textVerticalAlign: "middle" }
    : { x: x + width / 2, y: y - 7, textAlign: "center", textVerticalAlign: "bottom" };
  return { type: "text", silent: true, style: { ...at, text: shown, fill: ink(mood, colours), font: `600 12px ${colours.font}` } };
}

function ink(mood, colours) {
  return { level: colours.text, good: colours["green-ink"], bad: colours["red-ink"], none: colours["text-muted"] }[mood];
}

function nameAxis(steps, colours, narrow) {
  const small = { fontSize: 11, lineHeight: 16 };
  return {
    type: "category",
    data: steps.map((_, place) => place),
    axisTick: { show: false },
    axisLine: { show: !narrow, onZero: false, lineStyle: { color: colours.line } },
    axisLabel: {
      interval: 0, margin: narrow ? 12 : 10, width: narrow ? 104 : 96, overflow: "truncate", color: colours["text-soft"], lineHeight: 18,
      formatter: (place) => named(steps[place]),
      rich: { good: { ...small, color: ink("good", colours) }, bad: { ...small, color: ink("bad", colours) }, none: { ...small, color: ink("none", colours) } },
    },
  };
}

function named({ name, mood, word }) {
  const plain = name.replace(/[{}|]/g, " ");
  return word ? `${plain}\n{${mood}|${word}}` : plain;
}

function reading({ name, shown, word }) {
  return [name, shown, word].filter(Boolean).join("  ");
}
