// A form with [data-drop-zone] takes a file dropped anywhere on it, not only on the field itself.
function zoneOf(event) {
  const zone = event.target.closest?.("[data-drop-zone]");
  return zone && event.dataTransfer?.types.includes("Files") ? zone : null;
}

document.addEventListener("dragover", (event) => {
  const zone = zoneOf(event);
  if (!zone) return;
  event.preventDefault();
  zone.setAttribute("data-over", "");
});

document.addEventListener("dragleave", (event) => {
  const zone = event.target.closest?.("[data-drop-zone]");
  if (zone && !zone.contains(event.relatedTarget)) zone.removeAttribute("data-over");
});

document.addEventListener("drop", (event) => {
  const zone = zoneOf(event);
  if (!zone) return;
  event.preventDefault();
  zone.removeAttribute("data-over");
  const field = zone.querySelector('input[type="file"]');
  field.files = event.dataTransfer.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
