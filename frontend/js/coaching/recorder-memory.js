// What was recorded and has not arrived yet lies in the browser's own database, second by second, so that neither a lost
// connection nor a closed window costs more than the last second.
const NAME = "accord-recorder";
const KEPT = 3 * 24 * 60 * 60 * 1000;
// So long a window that has just been closed may take to let go of what it held.
const PATIENCE = 500;

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("takes");
      request.result.createObjectStore("pieces");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function within(mode, work) {
  const database = await opened();
  try {
    const step = database.transaction(["takes", "pieces"], mode);
    const done = new Promise((resolve, reject) => {
      step.oncomplete = () => resolve();
      step.onabort = step.onerror = () => reject(step.error);
    });
    const result = await work(step.objectStore("takes"), step.objectStore("pieces"));
    await done;
    return result;
  } finally {
    database.close();
  }
}

const answer = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const piecesOf = (key) => IDBKeyRange.bound([key, 0], [key, Infinity]);

/** Hold a name until this window closes; false where another window holds it. */
function held(name) {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    const hold = () => { resolve(true); return new Promise(() => {}); };
    navigator.locks.request(`${NAME}:${name}`, { signal: AbortSignal.timeout(PATIENCE) }, hold).catch(() => resolve(false));
  });
}

/**
 * The memory of one window of a reader for one feedback, under a name of its own: two windows keep two recordings.
 * A browser without a database records all the same; it only forgets.
 */
export class Memory {
  constructor(reader, feedback) {
    this.all = `${reader}:${feedback}:`;
    this.use(this.all + crypto.randomUUID());
    held(this.key);
  }

  use(key) {
    this.key = key;
  }

  async keep(take, piece, number) {
    await within("readwrite", (takes, pieces) => {
      takes.put({ ...take, at: Date.now() }, this.key);
      if (piece) pieces.put(piece, [this.key, number]);
    }).catch(() => {});
  }

  /** What a closed window left, the newest first: its name to be used from then on, how it was recorded, its content. */
  async found() {
    const takes = await within("readonly", (all) => Promise.all([answer(all.getAllKeys()), answer(all.getAll())])).catch(() => [[], []]);
    const left = takes[0].map((key, place) => ({ key, take: takes[1][place] })).filter(({ key }) => key.startsWith(this.all));
    for (const { key, take } of left.sort((one, other) => other.take.at - one.take.at)) {
      const parts = (await held(key)) ? await within("readonly", (_, pieces) => answer(pieces.getAll(piecesOf(key)))).catch(() => []) : [];
      if (parts.length) return { key, take, blob: new Blob(parts, { type: take.type }) };
    }
    return null;
  }

  async forget() {
    await within("readwrite", (takes, pieces) => {
      takes.delete(this.key);
      pieces.delete(piecesOf(this.key));
    }).catch(() => {});
  }

  /** Whatever anybody left on this device long ago. */
  static async tidy() {
    await within("readwrite", async (takes, pieces) => {
      const keys = await answer(takes.getAllKeys());
      const all = await answer(takes.getAll());
      keys.filter((_, place) => all[place].at < Date.now() - KEPT).forEach((key) => {
        takes.delete(key);
        pieces.delete(piecesOf(key));
      });
    }).catch(() => {});
  }
}
