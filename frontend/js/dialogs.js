// Dialogs open by `commandfor` without a script; browsers that do not know it yet get the same here.
const native = "commandForElement" in HTMLButtonElement.prototype;

function obey(button) {
  const dialog = document.getElementById(button.getAttribute("commandfor"));
  if (!(dialog instanceof HTMLDialogElement)) return;
  if (button.getAttribute("command") === "show-modal") dialog.showModal();
  if (button.getAttribute("command") === "close") dialog.close();
}

document.addEventListener("click", (event) => {
  const button = native ? null : event.target.closest("button[commandfor]");
  if (button) obey(button);
  // A click on the backdrop lands on the dialog element itself, never on its content.
  if (event.target instanceof HTMLDialogElement) event.target.close();
});
