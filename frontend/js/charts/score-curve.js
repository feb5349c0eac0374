// What each result is worth: score against actual, with the levels (target, threshold, stretch) as upright lines.
import { frame, valueAxis, written } from "./frame.js";

/** payload: { points: [[actual, score|null]], levels: [{name, at}], words: {target, threshold, stretch, actual, score}, unit?, decimals? } */
export function scoreCurve({ points, levels, words, unit = "", decimals = 0 }, colours) {
  const base = frame(colours);
  const tail = unit === "%" ? "%" : unit && ` ${unit}`;
  return {
    ...base,
    grid: { left: 4, right: 20, top: 26, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: { ...base.tooltip, formatter: ([point]) => reading(point.data, words, tail, decimals) },
    xAxis: { ...valueAxis(colours), type: "value", min: "dataMin", max: "dataMax", splitLine: { show: false }, axisLabel: label(colours, tail, decimals) },
    yAxis: { ...valueAxis(colours, (value) => written(value)), min: ({ min }) => Math.min(0, min) },
    series: [{
      type: "line", data: points, symbol: "none", lineStyle: { width: 2.5, color: colours["series-1"] },
      areaStyle: { color: colours["series-1"], opacity: 0.08 }, connectNulls: false,
      markLine: { symbol: "none", silent: true, animation: false, data: levels.map((level) => upright(level, words, colours)) },
    }],
  };
}

function label(colours, tail, decimals) {
  return { color: colours["text-muted"], hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: (value) => written(value, tail, whole(value) ? 0 : Math.max(decimals, 1)) };
}

function whole(value) {
  return Number.isInteger(value);
}

function upright({ name, at }, words, colours) {
  const isTarget = name === "target";
  return {
    xAxis: at,
    lineStyle: { color: isTarget ? colours["series-1"] : colours["text-muted"], type: isTarget ? "solid" : "dashed", width: isTarget ? 1.5 : 1 },
    label: { formatter: words[name], color: isTarget ? colours["series-1"] : colours["text-muted"], fontSize: 11 },
  };
}

function reading([actual, score], words, tail, decimals) {
  return `${words.actual}  ${written(actual, tail, whole(actual) ? 0 : decimals + 1)}\n${words.score}  ${written(score, "", 2)}`;
}
