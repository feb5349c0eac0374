// JSON to and from our own server. Never throws: `went` says how it went, `answer` is what came back.
const WENT = { 200: "well", 409: "conflict" };

function token() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** `went`: "well", "conflict", "refused" (answer.error says why), "signed_out", "unreachable" or "broken". */
export async function ask(address, body, signal) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token() };
  let response;
  try {
    response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body), signal });
  } catch (error) {
    return { went: error.name === "AbortError" ? "overtaken" : "unreachable", answer: {} };
  }
  if (response.redirected) return { went: "signed_out", answer: {} };
  const answer = await response.json().catch(() => null);
  if (answer === null) return { went: "broken", answer: {} };
  return { went: WENT[response.status] ?? (answer.error ? "refused" : "broken"), answer };
}
