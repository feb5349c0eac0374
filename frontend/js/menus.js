// <details class="menu"> opens and closes by itself; this closes it on a click elsewhere and on Escape.
function openMenus() {
  return document.querySelectorAll("details.menu[open]");
}

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The phone drawer is a popover the browser opens by itself; following a link inside closes it.
document.addEventListener("click", (event) => {
  const drawer = event.target.closest("[popover]");
  if (drawer && event.target.closest("a[href]")) drawer.hidePopover();
});
