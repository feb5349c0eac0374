// A form that saves itself: two seconds after the last key, only what changed, each with what it started from.
// What has not reached the server lies in localStorage and is back after a crash. Who sees what and what is calculated,
// the server says. Without this script the form is sent whole and shows the same.
import { around, plain, read, write } from "./filling-fields.js";
import "./filling-files.js";

const PAUSE = 2000;
const IDLE = 60_000;
const LONGEST_WAIT = 60_000;

class Filling {
  constructor(root) {
    this.root = root;
    this.form = root.closest("form");
    this.kept = `accord:fill:${root.dataset.reader}:${root.dataset.filling}`;
    this.base = JSON.parse(this.hidden("shown").value);
    // Values this window may have saved without hearing of it, by field: nobody else wrote them.
    this.tried = {};
    // What a conflict was already told about, by field.
    this.told = {};
    this.wait = PAUSE;
    this.counted = 0;
    this.activeAt = Date.now();
    this.restore();
    for (const name of ["input", "change", "accord:person", "accord:people"]) {
      this.form.addEventListener(name, (event) => { if (!event.target.matches?.('[type="file"]')) this.changed(); });
    }
    for (const name of ["keydown", "pointerdown", "scroll", "focusin"]) {
      document.addEventListener(name, () => this.active(), { passive: true, capture: true });
    }
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.leave(); });
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("online", () => this.save());
    // Before the listener that marks a form as being on its way.
    document.addEventListener("submit", (event) => { if (event.target === this.form) this.submitting(event); }, true);
    for (const button of this.form.querySelectorAll("[data-without-script]")) button.hidden = true;
    root.setAttribute("data-ready", "");
  }

  hidden(name) {
    return this.form.elements.namedItem(name);
  }

  /** The fields that differ from what the server has, as it wants to be told. */
  changes() {
    const found = {};
    for (const key of Object.keys(this.base)) {
      const after = read(this.root, key);
      if (after === undefined || plain(after) === plain(this.base[key])) continue;
      found[key] = { before: this.base[key], after, tried: this.tried[key] ?? [] };
    }
    return found;
  }

  isDirty() {
    return Object.entries(this.changes()).some(([key, { after }]) => plain(after) !== this.told[key]);
  }

  changed() {
    this.active();
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  active() {
    const now = Date.now();
    if (now - this.activeAt < IDLE) this.counted += now - this.activeAt;
    this.activeAt = now;
  }

  keep() {
    const changes = this.changes();
    try {
      if (Object.keys(changes).length) localStorage.setItem(this.kept, JSON.stringify(changes));
      else localStorage.removeItem(this.kept);
    } catch {
      // No room or no permission: the server still has everything up to the last save.
    }
  }

  restore() {
    let kept = {};
    try {
      kept = JSON.parse(localStorage.getItem(this.kept) ?? "{}");
    } catch {
      return;
    }
    let back = 0;
    for (const [key, change] of Object.entries(kept)) {
      if (!(key in this.base) || plain(change.after) === plain(this.base[key])) continue;
      write(this.root, key, change.after);
      this.tried[key] = change.tried;
      this.base[key] = change.before;
      around(this.root, key).closest("details")?.setAttribute("open", "");
      back += 1;
    }
    this.keep();
    if (!back) return;
    this.say("restored");
    this.timer = setTimeout(() => this.save("restored"), PAUSE);
  }

  message(changes) {
    const seconds = Math.floor(this.counted / 1000);
    const { value: revision } = this.hidden("revision");
    return { seconds, body: JSON.stringify({ revision, window: this.hidden("window").value, seconds, changes }) };
  }

  request(body, options = {}) {
    const headers = {
      "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.hidden("csrfmiddlewaretoken").value,
    };
    return fetch(this.root.dataset.save, { method: "POST", body, headers, ...options });
  }

  /** True once everything written so far has reached the server or was refused by it; false without a connection. */
  async save(saidAfter = "saved") {
    clearTimeout(this.timer);
    if (this.saving) await this.saving;
    if (!this.isDirty()) return true;
    this.saving = this.saveNow(saidAfter);
    const got = await this.saving;
    this.saving = null;
    return got;
  }

  async saveNow(saidAfter) {
    const changes = this.changes();
    const { seconds, body } = this.message(changes);
    this.say("saving");
    this.tries(changes);
    this.keep();
    try {
      const response = await this.request(body);
      if (response.redirected) return this.refused(null);
      if (!response.ok) return this.refused(await response.json().catch(() => null));
      this.counted -= seconds * 1000;
      this.wait = PAUSE;
      this.saved(changes, await response.json(), saidAfter);
      return true;
    } catch {
      this.say("offline");
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
      this.timer = setTimeout(() => this.save(), this.wait);
      return false;
    }
  }

  tries(changes) {
    for (const [key, { after }] of Object.entries(changes)) this.tried[key] = [...(this.tried[key] ?? []), after].slice(-5);
  }

  saved(changes, told, saidAfter) {
    for (const [key, { after }] of Object.entries(changes)) {
      if (key in told.conflicts) {
        this.told[key] = plain(after);
        continue;
      }
      this.base[key] = after;
      delete this.tried[key];
      delete this.told[key];
    }
    this.hidden("revision").value = told.revision;
    this.show(told);
    this.keep();
    this.say(Object.keys(told.conflicts).length ? "elsewhere" : saidAfter);
    if (this.isDirty()) this.timer = setTimeout(() => this.save(), PAUSE);
  }

  show(told) {
    for (const [key, answer] of Object.entries(told.answers)) this.adopt(key, answer);
    for (const place of this.root.querySelectorAll("[data-field]")) place.hidden = !told.visible.includes(place.dataset.field);
    for (const [key, text] of Object.entries(told.values)) {
      const output = around(this.root, key)?.querySelector("[data-calculated]");
      if (output) output.textContent = text || "–";
    }
    for (const [key, html] of Object.entries(told.conflicts)) around(this.root, key).querySelector("[data-asides]").innerHTML = html;
    const optional = this.root.querySelector("[data-optional]");
    if (optional) {
      optional.hidden = !told.optional;
      optional.querySelector("[data-optional-count]").textContent = told.optional;
    }
    this.progress(told.progress);
  }

  /** What another window saved, where nothing is being written here. */
  adopt(key, answer) {
    const here = read(this.root, key);
    if (here === undefined || plain(here) !== plain(this.base[key]) || around(this.root, key).contains(document.activeElement)) return;
    write(this.root, key, answer);
    this.base[key] = answer;
  }

  progress({ filled, of }) {
    const bar = this.form.querySelector("[data-progress]");
    const words = this.form.querySelector("[data-progress-words]");
    if (bar) Object.assign(bar, { max: of || 1, value: filled });
    if (words) words.textContent = words.dataset.pattern.replace("{filled}", filled).replace("{of}", of);
  }

  refused(problem) {
    const words = problem?.error ? `${problem.error.message} ${problem.error.hint}` : this.root.dataset.saidOffline;
    this.status(words, "refused");
    return true;
  }

  say(what) {
    this.status(this.root.dataset[`said${what[0].toUpperCase()}${what.slice(1)}`], what);
  }

  status(words, state) {
    const place = this.form.querySelector("[data-filling-status]");
    if (!place) return;
    place.textContent = words;
    place.dataset.state = state;
  }

  /** The page is going: one last save that the browser carries out on its own. */
  leave() {
    this.active();
    this.keep();
    if (!this.isDirty()) return;
    const changes = this.changes();
    const { body } = this.message(changes);
    this.tries(changes);
    this.keep();
    this.request(body, { keepalive: true }).catch(() => {});
  }

  /** The form is sent when everything in it is saved, so that it never meets its own autosave. */
  async submitting(event) {
    this.hidden("shown").value = JSON.stringify(this.base);
    this.hidden("seconds").value = Math.floor(this.counted / 1000);
    if (this.passed || (!this.saving && !this.isDirty())) return;
    event.preventDefault();
    const { submitter } = event;
    submitter?.setAttribute("aria-busy", "true");
    const got = await this.save();
    submitter?.removeAttribute("aria-busy");
    if (!got) return;
    this.passed = true;
    // A conflict was drawn anew meanwhile, with its buttons.
    const again = submitter?.isConnected === false ? this.form.querySelector(`button[value="${CSS.escape(submitter.value)}"]`) : submitter;
    this.form.requestSubmit(again);
    this.passed = false;
  }
}

for (const root of document.querySelectorAll("[data-filling]")) new Filling(root);
