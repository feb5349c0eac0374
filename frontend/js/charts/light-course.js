// How many shone in which colour, period by period: stacked bars with red at the bottom, where the eye compares best.
// What is on track is told and not drawn: three hundred green ones would leave no height for the three that matter.
import { categoryAxis, frame, valueAxis, written } from "./frame.js";

/** payload: { periods: [text], counts: {light: [number]}, words: {light: word} } */
export function lightCourse({ periods, counts, words }, colours) {
  const base = frame(colours);
  const all = Object.keys(counts);
  const lights = all.filter((light) => light !== "green");
  return {
    ...base,
    grid: { left: 4, right: 8, top: 36, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    legend: { top: 0, left: 0, itemWidth: 10, itemHeight: 10, itemGap: 18, icon: "roundRect", selectedMode: false, textStyle: { color: colours["text-muted"] }, data: lights.map((light) => words[light]) },
    tooltip: { ...base.tooltip, axisPointer: { type: "none" }, formatter: ([{ dataIndex }]) => reading(dataIndex) },
    xAxis: { ...categoryAxis(colours, periods), boundaryGap: true },
    yAxis: { ...valueAxis(colours, (value) => written(value)), scale: false, minInterval: 1 },
    series: lights.map((light) => ({
      type: "bar", stack: "lights", name: words[light], data: counts[light], barMaxWidth: 34, barCategoryGap: "22%",
      itemStyle: { color: colours[light], opacity: light === "grey" ? 0.45 : 1, borderColor: colours.surface, borderWidth: 1 },
    })),
  };

  function reading(index) {
    return [periods[index], ...all.map((light) => `${words[light]}  ${written(counts[light][index])}`)].join("\n");
  }
}
