// How many there are in each band of attainment, each bar in the colour of its light, with the share of each light above.
import { categoryAxis, frame, valueAxis, written } from "./frame.js";

/** payload: { bands: [text], lights: [code], counts: [number], name, words: {light: word} } */
export function distribution({ bands, lights, counts, name, words }, colours) {
  const base = frame(colours);
  const axis = categoryAxis(colours, bands);
  const all = counts.reduce((sum, count) => sum + count, 0);
  return {
    ...base,
    grid: { left: 4, right: 8, top: 30, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: { ...base.tooltip, axisPointer: { type: "none" }, formatter: ([{ dataIndex }]) => reading(dataIndex) },
    xAxis: { ...axis, boundaryGap: true, axisLabel: { ...axis.axisLabel, interval: 0, fontSize: 11 } },
    yAxis: { ...valueAxis(colours, (value) => written(value)), scale: false, minInterval: 1 },
    series: [{
      type: "bar", name, barCategoryGap: "18%",
      data: counts.map((value, index) => ({ value, itemStyle: { color: colours[lights[index]], borderRadius: [4, 4, 0, 0] } })),
      label: { show: true, position: "top", color: colours["text-muted"], fontSize: 12, formatter: ({ value }) => (value ? written(value) : "") },
    }],
  };

  function reading(index) {
    const share = all ? Math.round((100 * counts[index]) / all) : 0;
    return `${bands[index]}  ${words[lights[index]]}\n${name}  ${written(counts[index])} · ${share}%`;
  }
}
