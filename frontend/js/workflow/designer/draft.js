// A definition being worked on: its history, and what the server knows of it. Tells "change" when anything is different.
import { History } from "./history.js";
import { ask } from "./server.js";

const CHECK_AFTER = 500;

export class Draft extends EventTarget {
  #timer;
  #asking;

  constructor({ definition, revision, addresses, answer }) {
    super();
    Object.assign(this, { revision, addresses, answer, conflict: null, trouble: null, isSaving: false });
    this.history = new History(definition);
  }

  get state() {
    if (this.isSaving) return "saving";
    if (this.conflict) return "conflict";
    if (this.trouble) return "failed";
    return this.history.isDirty ? "dirty" : "saved";
  }

  /** Notes a change, and asks the server about it when the hands rest. */
  record(definition, topic) {
    if (!this.history.record(definition, topic)) return;
    this.#changed();
    this.#checkSoon();
  }

  undo() {
    return this.#stepped(this.history.undo());
  }

  redo() {
    return this.#stepped(this.history.redo());
  }

  /** Saves on top of the revision this draft grew from; somebody else's save in between becomes `conflict`. */
  async save() {
    if (this.isSaving) return;
    Object.assign(this, { isSaving: true, trouble: null });
    this.#changed();
    const body = this.history.definition;
    const { went, answer } = await ask(this.addresses.save, { body, revision: this.revision });
    this.isSaving = false;
    if (went === "well") this.#saved(body, answer);
    else if (went === "conflict" && answer.conflict) this.conflict = answer.conflict;
    else this.trouble = { went, ...answer.error };
    this.#changed();
  }

  /** Mine over theirs, knowingly: theirs becomes a step of the history, then mine is saved on top of it. */
  async keepMine() {
    const mine = this.history.definition;
    this.#adopt(this.conflict);
    this.history.record(mine);
    await this.save();
  }

  /** Theirs; mine is one undo away. */
  takeTheirs() {
    this.#adopt(this.conflict);
    this.#changed();
    this.#checkSoon();
  }

  /** Has the server look at the definition without keeping it. */
  async check() {
    this.#asking?.abort();
    this.#asking = new AbortController();
    const { went, answer } = await ask(this.addresses.check, { body: this.history.definition }, this.#asking.signal);
    if (went === "well") this.answer = answer;
    else if (went === "refused") this.trouble = { went, ...answer.error };
    if (went !== "overtaken") this.#changed();
  }

  #adopt({ body, revision }) {
    this.history.record(body);
    this.history.markSaved(body);
    Object.assign(this, { revision, conflict: null });
  }

  #saved(body, answer) {
    this.history.markSaved(body);
    Object.assign(this, { answer, revision: answer.revision, conflict: null });
  }

  #stepped(moved) {
    if (!moved) return false;
    this.#changed();
    this.#checkSoon();
    return true;
  }

  #checkSoon() {
    if (this.trouble?.went === "refused") this.trouble = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.check(), CHECK_AFTER);
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
