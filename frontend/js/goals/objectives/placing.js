// Tells the server that a card was placed below another, and says how it went; what was done can be undone at once.

const STAY = 12000;

async function post(address, parent, edition) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ parent, edition });
  try {
    const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token } });
    if (response.redirected) location.reload();
    return await response.json();
  } catch {
    return null;
  }
}

/** Places `node` below `goal` (the top for none); `draw` shows it there once the server has agreed. */
export async function placed(map, node, goal, draw) {
  const before = node.parentElement.closest(".okr-node");
  const address = node.querySelector("[data-grip]").href;
  const answer = await post(address, goal?.dataset.objective ?? "", node.dataset.edition);
  if (!answer || answer.error) return say("okr-refused", answer ? `${answer.error.message} ${answer.error.hint}` : "");
  node.dataset.edition = String(answer.edition);
  await draw(map, node, goal);
  const toast = say("okr-moved", answer.sentence);
  toast?.querySelector("[data-okr-undo]").addEventListener("click", () => {
    toast.remove();
    placed(map, node, before, draw);
  }, { once: true });
}

function say(template, words) {
  if (!words) return document.getElementById("toasts").append(document.getElementById("notice-unreachable").content.cloneNode(true));
  for (const earlier of document.querySelectorAll("#toasts [data-okr-undo]")) earlier.closest(".toast-card").remove();
  const toast = document.getElementById(template).content.firstElementChild.cloneNode(true);
  toast.querySelector(".toast-words").textContent = words;
  document.getElementById("toasts").append(toast);
  if (toast.hasAttribute("data-leaves")) setTimeout(() => toast.remove(), STAY);
  return toast;
}
