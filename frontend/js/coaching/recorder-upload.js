// A resumable upload, as the tus protocol has it: ask how far it has come, send the next piece, and again.
const PIECE = 1 << 20;
const TUS = { "Tus-Resumable": "1.0.0", Accept: "application/json" };
const LONGEST_WAIT = 15_000;

/** The server said no, and why. */
export class Refused extends Error {}

const inBase64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

async function ask(address, method, token, headers = {}, body = undefined) {
  const response = await fetch(address, { method, body, headers: { ...TUS, "X-CSRFToken": token, ...headers } });
  if (response.ok && !response.redirected) return response;
  const problem = await response.clone().json().catch(() => null);
  const said = problem?.error ? `${problem.error.message} ${problem.error.hint}` : "";
  if (response.status >= 500 || response.status === 429) throw Object.assign(new TypeError("try again"), { said });
  const refused = new Refused(said);
  refused.status = response.status;
  throw refused;
}

async function begin(recording, place) {
  const about = { filename: recording.name, filetype: recording.type, milliseconds: String(Math.round(recording.milliseconds)) };
  const response = await ask(place.begin, "POST", place.token, {
    "Upload-Length": String(recording.blob.size),
    "Upload-Metadata": Object.entries(about).map(([key, value]) => `${key} ${inBase64(value)}`).join(","),
  });
  return { address: response.headers.get("Location"), ...(await response.json()) };
}

/** Let go of an upload that nobody goes on with; what can't be reached now goes by itself some days later. */
export function letGo(upload, token) {
  return ask(upload.address, "DELETE", token).catch(() => {});
}

async function sendAll(blob, upload, token, moved) {
  let offset = Number((await ask(upload.address, "HEAD", token)).headers.get("Upload-Offset"));
  // What has wholly come but was not put together yet is finished by an empty piece.
  do {
    moved(offset / blob.size);
    const piece = blob.slice(offset, offset + PIECE);
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
    offset = Number((await ask(upload.address, "PATCH", token, headers, piece)).headers.get("Upload-Offset"));
  } while (offset < blob.size);
  moved(1);
}

function connection(wait) {
  return new Promise((resolve) => {
    const timer = setTimeout(over, wait);
    window.addEventListener("online", over, { once: true });
    function over() {
      clearTimeout(timer);
      window.removeEventListener("online", over);
      resolve();
    }
  });
}

/** Send a recording, however often the connection is lost. `known` is an upload that was begun before; the answer is its next page. */
export async function send(recording, place, { known, begun, moved, waiting }) {
  let upload = known, reached = -1, wait = 1_000;
  const further = (share) => {
    // Only what has moved on is a reason to be quick again.
    if (share > reached) wait = 1_000;
    reached = share;
    moved(share);
  };
  for (;; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      if (!upload) {
        upload = await begin(recording, place);
        await begun(upload);
      }
      await sendAll(recording.blob, upload, place.token, further);
      return upload.next;
    } catch (problem) {
      if (problem instanceof Refused && problem.status === 404 && known) {
        // Begun too long ago: once more from the start.
        upload = known = null;
      } else if (problem instanceof Refused && problem.status !== 409) {
        throw problem;
      } else if (problem instanceof Refused && !upload) {
        throw problem;
      } else {
        waiting(problem.said);
        await connection(wait);
      }
    }
  }
}
