// Undo and redo over snapshots. A snapshot is the JSON text of a definition: comparing is exact, nothing is shared.
const STEPS = 200;
const PAUSE = 1200;

export class History {
  constructor(definition) {
    this.now = JSON.stringify(definition);
    this.saved = this.now;
    this.past = [];
    this.future = [];
    this.topic = null;
    this.at = 0;
  }

  /** Notes what the definition is now. Changes of one topic (a field being typed into) without a pause are one step. */
  record(definition, topic = null, at = performance.now()) {
    const text = JSON.stringify(definition);
    if (text === this.now) return false;
    const goesOn = topic !== null && topic === this.topic && at - this.at < PAUSE;
    if (!goesOn) this.past = [...this.past.slice(-STEPS), this.now];
    [this.now, this.future, this.topic, this.at] = [text, [], topic, at];
    return true;
  }

  undo() {
    return this.#step(this.past, this.future);
  }

  redo() {
    return this.#step(this.future, this.past);
  }

  /** What the server holds is `definition`; returning to it makes the draft clean again. */
  markSaved(definition) {
    this.saved = JSON.stringify(definition);
    this.topic = null;
  }

  get definition() {
    return JSON.parse(this.now);
  }

  get isDirty() {
    return this.now !== this.saved;
  }

  #step(from, to) {
    if (!from.length) return false;
    to.push(this.now);
    this.now = from.pop();
    this.topic = null;
    return true;
  }
}
