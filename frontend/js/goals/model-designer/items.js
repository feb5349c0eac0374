// Items and weights as plain JSON. Weights are texts with at most six decimals; sums are whole millionths, so they are exact.
const MICRO = 1e6;

export function micro(weight) {
  const number = Number(weight);
  return Number.isFinite(number) ? Math.round(number * MICRO) : 0;
}

/** "0.425" → "42.5"; nothing stays nothing. */
export function percentOf(weight) {
  if (weight === null || weight === undefined || weight === "") return "";
  return String(Number((Number(weight) * 100).toFixed(4)));
}

/** "42.5" → "0.425"; nothing becomes null. */
export function shareOf(percent) {
  return percent === "" ? null : String(Number((Number(percent) / 100).toFixed(6)));
}

export function total(definition) {
  return definition.dimensions.reduce((sum, { items }) => sum + subtotal(items), 0);
}

export function subtotal(items) {
  return items.reduce((sum, { weight }) => sum + micro(weight), 0);
}

/** What is left to 1 as a weight. */
export function rest(definition) {
  return Math.max(0, MICRO - total(definition)) / MICRO;
}

/** A new item for a metric of the library, with the usual levels where the position map knows some. */
export function newItem({ id, target = "", threshold = null, why = "" }, left) {
  return {
    metric: id, weight: String(left || 0.1), weight_min: null, weight_max: null, target: target ?? "", target_min: null, target_max: null,
    threshold, stretch: null, method: "completion_ratio", params: {}, why, author: null, key_result: null,
  };
}

/** A key nothing in `taken` has: `dimension`, `dimension_2`, `dimension_3`. */
export function freshKey(stem, taken) {
  if (!taken.includes(stem)) return stem;
  let number = 2;
  while (taken.includes(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}
