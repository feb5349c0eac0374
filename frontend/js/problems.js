// What a fragment request may run into: no connection, a session that ended, a whole error page for an answer.
import { dismissTemplate, showTemplate } from "./toasts.js";

function signedOut(response) {
  const login = document.body.dataset.loginUrl;
  return response.redirected && login && new URL(response.url).pathname === login;
}

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx && !event.detail.ctx.response) showTemplate("notice-unreachable");
});

document.addEventListener("htmx:before:response", (event) => {
  dismissTemplate("notice-unreachable");
  if (!signedOut(event.detail.ctx.response.raw)) {
    document.getElementById("signed-out")?.toggleAttribute("hidden", true);
    return;
  }
  event.preventDefault();
  // Nobody stands before a wall to sign in again: it keeps what it shows and says that it no longer follows.
  const told = document.getElementById("signed-out");
  if (told) told.hidden = false;
  else location.reload();
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  const wholePage = /^\s*<!doctype/i.test(ctx.text ?? "");
  if (!(ctx.response?.status >= 400) || !wholePage) return;
  event.preventDefault();
  showTemplate("notice-failed");
});
