// Keys as "mod+shift+z"; mod is Ctrl, or Cmd on a Mac.
const NAMES = { ArrowUp: "up", ArrowDown: "down", Backspace: "delete", Delete: "delete", Escape: "escape" };
/** A text field keeps what it does by itself with these. */
const TYPING = new Set(["delete", "up", "down", "alt+up", "alt+down"]);

function pressed(event) {
  const key = NAMES[event.key] ?? event.key.toLowerCase();
  const parts = [event.ctrlKey || event.metaKey ? "mod" : "", event.shiftKey ? "shift" : "", event.altKey ? "alt" : ""];
  return [...parts, key].filter(Boolean).join("+");
}

/** `commands`: key → what to do. Held while the designer or nothing has the focus, never inside an open dialog. */
export function onShortcuts(root, commands) {
  document.addEventListener("keydown", (event) => {
    const inside = root.contains(event.target) || event.target === document.body;
    if (!inside || event.isComposing || event.defaultPrevented || event.target.closest("dialog[open]")) return;
    const key = pressed(event);
    const types = event.target.matches("input, textarea, select");
    if (!Object.hasOwn(commands, key) || (types && TYPING.has(key))) return;
    // What says "false" leaves the key to the browser.
    if (commands[key](event) !== false) event.preventDefault();
  });
}
