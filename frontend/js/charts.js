// The chart bundle: draws one <accord-chart>. A new kind is one file in charts/ and one row in `kinds`.
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { BarChart, CustomChart, LineChart, TreeChart, TreemapChart } from "echarts/charts";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

import { option } from "./charts/option.js";
import { palette } from "./charts/palette.js";
import { scoreCurve } from "./charts/score-curve.js";
import { tree } from "./charts/tree.js";
import { trend } from "./charts/trend.js";
import { waterfall } from "./charts/waterfall.js";

use([
  AriaComponent, BarChart, CanvasRenderer, CustomChart, GridComponent, LegendComponent, LineChart, MarkLineComponent,
  TooltipComponent, TreeChart, TreemapChart,
]);

/** kind → function(payload, palette, isNarrow) → ECharts option; its `height`, where it has one, is that of the drawing. */
const kinds = { option, "score-curve": scoreCurve, tree, trend, waterfall };
const NARROW = 480;

/** Draws `payload` into `host` and keeps it in step with its width and the theme; answers what `show()` changes and `dispose()` ends. */
export function draw(host, kind, payload) {
  const canvas = document.createElement("div");
  canvas.className = "chart-canvas";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", host.getAttribute("label") ?? "");
  host.append(canvas);
  const chart = init(canvas, null, { renderer: "canvas" });

  let shown = payload;
  let narrow;
  const paint = () => {
    if (!canvas.clientWidth) return; // folded away, until it is seen
    narrow = canvas.clientWidth < NARROW;
    const { height, ...option } = kinds[kind](shown, palette(host), narrow);
    if (height) host.style.setProperty("--height", `${height}px`);
    chart.resize();
    chart.setOption({ ...option, ...stillness() }, { notMerge: true });
  };
  const fit = new ResizeObserver(() => {
    if (canvas.clientWidth < NARROW === narrow) chart.resize();
    else paint();
  });
  chart.on("click", ({ data }) => data?.url && location.assign(data.url));
  paint();
  fit.observe(canvas);
  document.addEventListener("accord:theme", paint);

  return {
    /** Draws other numbers in the same place. */
    show(other) {
      shown = other;
      paint();
    },
    dispose() {
      document.removeEventListener("accord:theme", paint);
      fit.disconnect();
      chart.dispose();
      canvas.remove();
    },
  };
}

function stillness() {
  return { animation: !matchMedia("(prefers-reduced-motion: reduce)").matches, animationDuration: 300 };
}
