// The palette: what the position map recommends first, then the metrics of the library, searched on the server.
import { ask } from "../../workflow/designer/server.js";

const SEARCH_AFTER = 250;

export function library({ addresses, recommended, library: first }) {
  let timer;
  let asking;
  const known = new Map([...first, ...recommended].map((metric) => [metric.id, metric]));
  const others = (found) => found.filter((metric) => !recommended.some(({ id }) => id === metric.id));
  return {
    search: "",
    recommended,
    found: others(first),

    known(metric) {
      const found = known.get(metric);
      this.metrics[metric] ??= found;
      return found;
    },

    isIn(metric) {
      return this.placeOf(metric.id) !== null;
    },

    searchSoon(text) {
      this.search = text;
      clearTimeout(timer);
      timer = setTimeout(() => this.searchNow(), SEARCH_AFTER);
    },

    async searchNow() {
      asking?.abort();
      asking = new AbortController();
      const { went, answer } = await ask(addresses.metrics, { search: this.search }, asking.signal);
      if (went !== "well") return;
      for (const metric of answer.metrics) if (!known.has(metric.id)) known.set(metric.id, metric);
      this.found = this.search ? answer.metrics : others(answer.metrics);
      this.$nextTick(() => this.startDragging());
    },
  };
}
