// How a KPI is scored: the method, its parameters, and the curve that the server works out from them.
export function scoring({ methods }) {
  const methodOf = (item) => methods.find(({ code }) => code === item.method) ?? methods[0];
  return {
    methods,
    methodOf,

    setMethod(item, code) {
      const { start } = methods.find((method) => method.code === code);
      Object.assign(item, { method: code, params: JSON.parse(JSON.stringify(start)) });
    },

    usesLevel(item, level) {
      return methodOf(item).levels.includes(level);
    },

    param(item, { name, default: usual }) {
      return item.params[name] ?? usual;
    },

    putParam(item, name, typed) {
      if (typed === "") delete item.params[name];
      else item.params[name] = typed;
    },

    addBand(item) {
      const bands = item.params.bands ?? [];
      const last = bands.at(-1) ?? { from: "0", score: "0" };
      item.params.bands = [...bands, { from: String(Number(last.from) + 10), score: last.score }];
    },

    takeBand(item, at) {
      item.params.bands.splice(at, 1);
    },

    hasCurve(item) {
      return Boolean(this.answer.curves[item.metric]);
    },

    /** Hands the newest curve to the chart. */
    drawCurve(chart, item) {
      const curve = this.answer.curves[item.metric];
      const { unit, decimals } = this.metricOf(item);
      if (curve) chart.show({ ...JSON.parse(JSON.stringify(curve)), words: { ...this.words.levels }, unit, decimals });
    },

    /** The curve as a small line, 100 wide and 32 high. */
    curvePath(item) {
      const points = (this.answer.curves[item.metric]?.points ?? []).filter(([, score]) => score !== null);
      if (points.length < 2) return "";
      const [first, last] = [points[0][0], points.at(-1)[0]];
      const best = Math.max(...points.map(([, score]) => score), 1);
      const x = (actual) => (((actual - first) / (last - first)) * 100).toFixed(1);
      const y = (score) => (30 - (Math.max(score, 0) / best) * 28).toFixed(1);
      return points.map(([actual, score], at) => `${at ? "L" : "M"}${x(actual)} ${y(score)}`).join("");
    },
  };
}
