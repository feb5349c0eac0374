// How much of the map one sees: dragged by the background, zoomed by buttons, keys, Ctrl + wheel and two fingers.
const LEAST = 0.3;
const MOST = 1.6;
const READABLE = 0.85;
const KEY = "okr-map-zoom";

export function zooming(map, pane, tree) {
  const shown = map.querySelector(".okr-zoom output");
  let now = Number(sessionStorage.getItem(KEY)) || 1;

  function set(wanted, x = pane.clientWidth / 2, y = pane.clientHeight / 2) {
    const next = Math.min(MOST, Math.max(LEAST, wanted));
    const grown = next / now;
    const left = (pane.scrollLeft + x) * grown - x;
    const top = (pane.scrollTop + y) * grown - y;
    now = next;
    tree.style.zoom = String(next);
    pane.scrollTo(left, top);
    shown.value = `${Math.round(next * 100)}%`;
    sessionStorage.setItem(KEY, String(next));
  }

  const places = (event) => {
    const frame = pane.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  };
  pane.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    set(now * Math.exp(-event.deltaY / 400), ...places(event));
  }, { passive: false });
  pane.addEventListener("keydown", (event) => {
    const step = { "+": "in", "=": "in", "-": "out", 0: "fit" }[event.key];
    if (step && event.target === pane && !event.ctrlKey && !event.metaKey) zoom[step]();
  });
  pinching(pane, () => now, set);
  const zoom = {
    in: () => set(now * 1.2),
    out: () => set(now / 1.2),
    enough: () => set(Math.max(now, READABLE), 0, 0),
    fit: () => set(Math.min(1, now * Math.min(pane.clientWidth / pane.scrollWidth, pane.clientHeight / pane.scrollHeight)), 0, 0),
  };
  set(now, 0, 0);
  return zoom;
}

function pinching(pane, now, set) {
  let begun = null;
  const spread = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  pane.addEventListener("touchstart", ({ touches }) => {
    begun = touches.length === 2 ? { spread: spread(touches), zoom: now() } : null;
  }, { passive: true });
  pane.addEventListener("touchmove", (event) => {
    if (!begun || event.touches.length !== 2) return;
    event.preventDefault();
    const frame = pane.getBoundingClientRect();
    const [one, other] = event.touches;
    const middle = [(one.clientX + other.clientX) / 2 - frame.left, (one.clientY + other.clientY) / 2 - frame.top];
    set(begun.zoom * (spread(event.touches) / begun.spread), ...middle);
  }, { passive: false });
}

/** The mouse drags the background; fingers and wheels scroll by themselves. */
export function panning(pane) {
  pane.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0 || event.target.closest("[data-card], a, button")) return;
    const from = { x: event.clientX + pane.scrollLeft, y: event.clientY + pane.scrollTop };
    const move = ({ clientX, clientY }) => pane.scrollTo(from.x - clientX, from.y - clientY);
    const end = () => {
      pane.classList.remove("is-panned");
      pane.removeEventListener("pointermove", move);
    };
    pane.setPointerCapture(event.pointerId);
    pane.classList.add("is-panned");
    pane.addEventListener("pointermove", move);
    pane.addEventListener("lostpointercapture", end, { once: true });
  });
}

/** Back on the map, one stands where one stood, unless something was looked for. */
export function keepView(map, pane, looked) {
  const key = `okr-map-place ${location.search}`;
  const [left, top] = (sessionStorage.getItem(key) ?? "").split(" ").map(Number);
  if (!looked && top >= 0) pane.scrollTo(left, top);
  addEventListener("pagehide", () => sessionStorage.setItem(key, `${pane.scrollLeft} ${pane.scrollTop}`));
}
