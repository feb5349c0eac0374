// Weights: the bar that shows what they come to, typing them as percents, and evening them out on the server.
import { announce } from "../../workflow/designer/announce.js";
import { ask } from "../../workflow/designer/server.js";
import { fill } from "../../workflow/designer/wording.js";
import { percentOf, shareOf, subtotal, total } from "./items.js";

const WHOLE = 1e6;

export function weighing({ addresses }) {
  return {
    percent: percentOf,

    putPercent(item, name, typed) {
      item[name] = shareOf(typed) ?? (name === "weight" ? "" : null);
    },

    putNumber(item, name, typed) {
      const text = typed.trim();
      item[name] = text || (name === "target" ? "" : null);
    },

    subtotalOf(dimension) {
      return `${percentOf(subtotal(dimension.items) / WHOLE)}%`;
    },

    totalPercent() {
      return `${percentOf(total(this.definition) / WHOLE)}%`;
    },

    isWhole() {
      return total(this.definition) === WHOLE;
    },

    totalTone() {
      const sum = total(this.definition);
      return sum === WHOLE ? "is-whole" : sum > WHOLE ? "is-over" : "is-under";
    },

    totalText() {
      const sum = total(this.definition);
      if (sum === WHOLE) return this.words.complete;
      return fill(sum < WHOLE ? this.words.too_little : this.words.too_much, { rest: percentOf(Math.abs(WHOLE - sum) / WHOLE) });
    },

    /** The pieces of the bar that have the colour `tone` of six, as one path; the bar is as long as the sum, at least 1. */
    barPath(tone) {
      const long = Math.max(WHOLE, total(this.definition));
      let from = 0;
      let path = "";
      const items = this.definition.dimensions.flatMap((dimension) => dimension.items);
      for (const [at, item] of items.entries()) {
        const width = (subtotal([item]) / long) * 1000;
        if (at % 6 === tone && width > 2) path += `M${from.toFixed(1)} 0h${(width - 2).toFixed(1)}v12h-${(width - 2).toFixed(1)}z`;
        from += width;
      }
      return path;
    },

    /** Where 100 % is on the bar. */
    wholeAt() {
      return ((WHOLE / Math.max(WHOLE, total(this.definition))) * 1000).toFixed(1);
    },

    toneOf(item) {
      const items = this.definition.dimensions.flatMap((dimension) => dimension.items);
      return `model-tone-${(items.indexOf(item) % 6) + 1}`;
    },

    rangeOf(item) {
      if (item.weight_min === null && item.weight_max === null) return "";
      const [least, most] = [percentOf(item.weight_min) || "0", percentOf(item.weight_max) || "100"];
      return fill(this.words.range, { least, most });
    },

    async evenOut() {
      const { went, answer } = await ask(addresses.even, { body: this.definition });
      if (went !== "well") return;
      if (!answer.weights) return this.offerUndo(this.words.cannot_even);
      this.change((model) => {
        for (const { items } of model.dimensions) for (const item of items) item.weight = answer.weights[item.metric] ?? item.weight;
      });
      announce(this.words.evened);
    },
  };
}
