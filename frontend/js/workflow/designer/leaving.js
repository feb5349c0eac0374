// Nobody loses work by closing a tab: the browser asks in its own words.
export function askBeforeLeaving(hasWork) {
  window.addEventListener("beforeunload", (event) => {
    if (hasWork()) event.preventDefault();
  });
}
