// The theme's colours as a canvas needs them: resolved. A probe element lets the browser work out var() and light-dark().
const tokens = [
  "text", "text-soft", "text-muted", "line", "line-strong", "surface", "sunken", "primary", "primary-tint",
  "green", "yellow", "red", "grey", "green-ink", "yellow-ink", "red-ink",
  "series-1", "series-2", "series-3", "series-4", "series-5", "series-6",
];

/** token → rgb() for every colour token of the theme, plus the page's font family as `font`. */
export function palette(host) {
  const probe = document.createElement("i");
  probe.hidden = true;
  host.append(probe);
  const colours = Object.fromEntries(tokens.map((token) => {
    probe.style.color = `var(--${token})`;
    return [token, getComputedStyle(probe).color];
  }));
  probe.remove();
  return { ...colours, font: getComputedStyle(host).fontFamily };
}
