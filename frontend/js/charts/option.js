// Any ECharts option as JSON. A string "var(--token)" stands for that colour of the theme.
import { frame } from "./frame.js";

export function option(payload, colours) {
  const painted = paint(payload, colours);
  const base = frame(colours);
  return { ...base, ...painted, tooltip: { ...base.tooltip, ...painted.tooltip } };
}

function paint(value, colours) {
  if (typeof value === "string") return colours[value.match(/^var\(--([\w-]+)\)$/)?.[1]] ?? value;
  if (Array.isArray(value)) return value.map((item) => paint(item, colours));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, paint(item, colours)]));
}
