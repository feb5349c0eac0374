// Forms that a passkey answers: <form data-passkey="get|create" data-options="#id of JSON | address">. The answer goes into
// the form's [data-passkey-answer] and the form is sent as ever. With data-passkey-when it is asked for that method only.
const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const encode = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (list = []) => list.map((each) => ({ ...each, id: decode(each.id) }));

async function optionsOf(form) {
  const source = form.dataset.options;
  if (source.startsWith("#")) return JSON.parse(document.querySelector(source).textContent);
  const asked = form.hasAttribute("data-options-post") ? { method: "POST", body: new FormData(form) } : {};
  const response = await fetch(source, { ...asked, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${source}: ${response.status}`);
  return response.json();
}

async function use({ publicKey }) {
  const { allowCredentials, challenge } = publicKey;
  const asked = { ...publicKey, challenge: decode(challenge), allowCredentials: withBytes(allowCredentials) };
  const { id, rawId, type, response, ...rest } = await navigator.credentials.get({ publicKey: asked });
  return answer({ id, rawId, type }, response, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
}

async function make({ publicKey }) {
  const asked = {
    ...publicKey,
    challenge: decode(publicKey.challenge),
    user: { ...publicKey.user, id: decode(publicKey.user.id) },
    excludeCredentials: withBytes(publicKey.excludeCredentials),
    // Known to the device by itself, so that it can also sign in without a name.
    authenticatorSelection: { ...publicKey.authenticatorSelection, residentKey: "preferred", requireResidentKey: false },
  };
  const made = await navigator.credentials.create({ publicKey: asked });
  const parts = answer(made, made.response, ["clientDataJSON", "attestationObject"]);
  return { ...parts, clientExtensionResults: made.getClientExtensionResults() };
}

function answer({ id, rawId, type }, response, names) {
  const parts = names.filter((name) => response[name]).map((name) => [name, encode(response[name])]);
  return { id, rawId: encode(rawId), type, clientExtensionResults: {}, response: Object.fromEntries(parts) };
}

function say(form, word) {
  const trouble = form.querySelector("[data-passkey-trouble]");
  const words = form.querySelector("[data-passkey-words]").content;
  trouble.textContent = words.querySelector(`[data-word="${word}"]`).textContent;
  trouble.hidden = false;
}

async function ask(form, submitter) {
  if (!window.PublicKeyCredential) return say(form, "unavailable");
  try {
    const options = await optionsOf(form);
    const given = await (form.dataset.passkey === "create" ? make : use)(options.request_options ?? options.creation_options ?? options);
    form.querySelector("[data-passkey-answer]").value = JSON.stringify(given);
    form.requestSubmit(submitter);
  } catch (error) {
    say(form, error.name === "SecurityError" ? "unavailable" : "cancelled");
    console.warn(error);
  }
}

// Captured, so that nothing else takes the first press for the real submission.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-passkey]");
  if (!form || form.querySelector("[data-passkey-answer]").value) return;
  const chosen = form.dataset.passkeyWhen;
  if (chosen && new FormData(form).get(chosen) !== "passkey") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(form, event.submitter);
}, true);
