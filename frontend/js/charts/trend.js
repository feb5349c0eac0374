// A measure over periods against its target: line, target (dashed), the band between "attention" and target, status points.
import { categoryAxis, frame, valueAxis, written } from "./frame.js";

/**
 * payload: { periods: [text], actual: {name, values, statuses?}, target?: {name, values},
 *            band?: {name, lower, upper}, earlier?: {name, values}, unit?, decimals? }; a missing value is null.
 */
export function trend(payload, colours) {
  const { periods, actual, target, band, earlier, unit, decimals } = payload;
  const series = [
    ...(band ? shade(band, colours) : []),
    ...(earlier ? [line(earlier, colours.grey, { width: 1.5 })] : []),
    ...(target ? [line(target, colours["text-muted"], { width: 1.5, type: "dashed" }, { step: "middle" })] : []),
    measured(actual, colours),
  ];
  const named = [actual, target, earlier].filter(Boolean);
  const base = frame(colours);
  return {
    ...base,
    grid: { left: 4, right: 16, top: 36, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    legend: legend(named, band, colours),
    tooltip: { ...base.tooltip, formatter: (points) => reading(points[0].dataIndex, periods, named, unit, decimals) },
    xAxis: categoryAxis(colours, periods),
    yAxis: valueAxis(colours, (value) => written(value, unit, decimals)),
    series,
  };
}

function reading(index, periods, named, unit, decimals) {
  const rows = named.map(({ name, values }) => `${name}  ${written(values[index], unit, decimals)}`);
  return [periods[index], ...rows].join("\n");
}

function legend(lines, band, colours) {
  const stroke = lines.map(({ name }) => ({ name, icon: "path://M0 0h16v3h-16z" }));
  const swatch = band ? [{ name: band.name, icon: "roundRect", itemStyle: { opacity: 0.25 } }] : [];
  return {
    top: 0, left: 0, itemWidth: 16, itemHeight: 10, itemGap: 18, selectedMode: false,
    textStyle: { color: colours["text-muted"] }, data: [...stroke, ...swatch],
  };
}

function line({ name, values }, color, lineStyle, more = {}) {
  return { name, type: "line", data: values, symbol: "none", color, lineStyle: { color, ...lineStyle }, ...more };
}

function measured({ name, values, statuses = [] }, colours) {
  const points = values.map((value, index) => ({
    value,
    itemStyle: { color: colours[statuses[index]] ?? colours["series-1"], borderColor: colours.surface, borderWidth: 2 },
  }));
  return {
    ...line({ name, values: points }, colours["series-1"], { width: 2.5 }),
    symbol: "circle", symbolSize: 10, showAllSymbol: true, connectNulls: false, z: 5,
  };
}

/** Two stacked lines: an invisible lower edge and the difference to the upper one, filled. */
function shade({ name, lower, upper }, colours) {
  const edge = { type: "line", stack: "band", stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 } };
  const height = upper.map((value, index) => (value === null || lower[index] === null ? null : value - lower[index]));
  const fill = { color: colours.yellow, opacity: 0.12 };
  return [
    { ...edge, data: lower },
    { ...edge, name, data: height, color: colours.yellow, areaStyle: fill },
  ];
}
