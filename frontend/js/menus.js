// <details class="menu"> opens and closes by itself; this closes it on a click elsewhere, on a choice and on Escape.
function openMenus() {
  return document.querySelectorAll("details.menu[open]");
}

function leave(menu) {
  menu.open = false;
  menu.querySelector("summary").focus();
}

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Before the choice itself is heard: a dialog it opens gives the focus back to what had it, and a hidden item can't take it.
document.addEventListener("click", (event) => {
  const menu = event.target.closest("button.menu-item[type=button]")?.closest("details.menu");
  if (menu) leave(menu);
}, { capture: true });

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) leave(menu);
});

// The phone drawer is a popover the browser opens by itself; following a link inside closes it.
document.addEventListener("click", (event) => {
  const drawer = event.target.closest("[popover]");
  if (drawer && event.target.closest("a[href]")) drawer.hidePopover();
});
