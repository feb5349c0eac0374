// "/" and Ctrl/⌘ K put the cursor into the search field of the top bar.
function wanted(event) {
  if (event.key === "k" && (event.ctrlKey || event.metaKey)) return true;
  return event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  const field = document.querySelector("[data-search-field]");
  if (!field || !wanted(event)) return;
  event.preventDefault();
  field.focus();
  field.select();
});
