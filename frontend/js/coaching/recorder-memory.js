// What was recorded and has not arrived yet lies in the browser's own database, second by second, so that neither a lost
// connection nor a closed window costs more than the last second.
const NAME = "accord-recorder";
const KEPT = 3 * 24 * 60 * 60 * 1000;

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

/** The memory of one reader for one feedback. A browser without a database records all the same; it only forgets. */
export class Memory {
  constructor(reader, feedback) {
    this.key = `${reader}:${feedback}`;
    this.range = IDBKeyRange.bound([this.key, 0], [this.key, Infinity]);
  }

  async keep(take, piece, number) {
    await within("readwrite", (takes, pieces) => {
      takes.put({ ...take, at: Date.now() }, this.key);
      if (piece) pieces.put(piece, [this.key, number]);
    }).catch(() => {});
  }

  /** What is left of the last time: how it was recorded, and its content. */
  async found() {
    return within("readonly", async (takes, pieces) => {
      const take = await answer(takes.get(this.key));
      const parts = take ? await answer(pieces.getAll(this.range)) : [];
      return parts.length ? { take, blob: new Blob(parts, { type: take.type }) } : null;
    }).catch(() => null);
  }

  async forget() {
    await within("readwrite", (takes, pieces) => {
      takes.delete(this.key);
      pieces.delete(this.range);
    }).catch(() => {});
  }

  /** Whatever anybody left on this device long ago. */
  static async tidy() {
    await within("readwrite", async (takes, pieces) => {
      const keys = await answer(takes.getAllKeys());
      const all = await answer(takes.getAll());
      keys.filter((_, place) => all[place].at < Date.now() - KEPT).forEach((key) => {
        takes.delete(key);
        pieces.delete(IDBKeyRange.bound([key, 0], [key, Infinity]));
      });
    }).catch(() => {});
  }
}
