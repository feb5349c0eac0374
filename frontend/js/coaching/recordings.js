// How fast a recording plays. Without this script the browser's own controls do it, where they can.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-speed]");
  if (!button) return;
  const player = button.closest("[data-recording]").querySelector("audio, video");
  player.playbackRate = player.defaultPlaybackRate = Number(button.dataset.speed);
  for (const each of button.parentElement.children) each.setAttribute("aria-pressed", String(each === button));
});
for (const speeds of document.querySelectorAll("[data-speeds]")) speeds.hidden = false;
