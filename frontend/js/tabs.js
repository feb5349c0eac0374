// A row of tabs that is wider than the screen begins with the current one in its middle.
for (const row of document.querySelectorAll(".tabs")) {
  const tab = row.querySelector("[aria-current]")?.getBoundingClientRect();
  const shown = row.getBoundingClientRect();
  if (tab) row.scrollLeft += tab.left - shown.left - (shown.width - tab.width) / 2;
}
