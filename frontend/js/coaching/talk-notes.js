// Notes that save themselves, a moment after the last key. What has not reached the server lies in localStorage and is
// back after a crash. A window that was overtaken keeps writing aside; the server never lets it write over newer words.
const PAUSE = 1200;
const LONGEST_WAIT = 30_000;

class TalkNote {
  constructor(form) {
    this.form = form;
    this.area = form.elements.namedItem("text");
    this.edition = form.elements.namedItem("edition");
    this.status = form.querySelector("[data-talk-note-status]");
    this.kept = `accord:talk:${form.dataset.talkNote}`;
    this.saved = this.area.value;
    this.wait = PAUSE;
    for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
    this.restore();
    this.area.addEventListener("input", () => this.changed());
    window.addEventListener("online", () => this.save());
    window.addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.leave(); });
    form.setAttribute("data-ready", "");
  }

  changed() {
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  keep() {
    try {
      if (this.area.value === this.saved) localStorage.removeItem(this.kept);
      else localStorage.setItem(this.kept, JSON.stringify({ text: this.area.value, edition: this.edition.value }));
    } catch {
      // No room or no permission: the server still has everything up to the last save.
    }
  }

  restore() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.kept));
    } catch {
      return;
    }
    if (!kept || kept.text === this.saved) return;
    this.area.value = kept.text;
    // Words written over an older edition go aside rather than over what was saved since.
    this.edition.value = kept.edition;
    this.say("restored");
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  request(options = {}) {
    return fetch(this.form.action, { method: "POST", body: new FormData(this.form), headers: { Accept: "application/json" }, ...options });
  }

  async save() {
    clearTimeout(this.timer);
    if (this.saving || this.area.value === this.saved) return;
    const text = this.area.value;
    this.saving = true;
    this.say("saving");
    try {
      const response = await this.request();
      const told = response.redirected ? null : await response.json().catch(() => null);
      this.wait = PAUSE;
      if (response.ok && told) this.took(text, told);
      else this.say("refused", told?.error ? `${told.error.message} ${told.error.hint}` : this.form.dataset.saidOffline);
    } catch {
      this.say("offline");
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
      this.timer = setTimeout(() => this.save(), this.wait);
    } finally {
      this.saving = false;
    }
  }

  took(text, told) {
    this.saved = text;
    if (!told.aside) this.edition.value = told.edition;
    this.keep();
    this.say(told.aside ? "aside" : "saved");
    if (this.area.value !== this.saved) this.timer = setTimeout(() => this.save(), PAUSE);
  }

  /** The page is going: one last save that the browser carries out on its own. */
  leave() {
    this.keep();
    if (this.area.value !== this.saved && !this.saving) this.request({ keepalive: true }).catch(() => {});
  }

  say(what, words) {
    this.status.textContent = words ?? this.form.dataset[`said${what[0].toUpperCase()}${what.slice(1)}`];
    this.status.dataset.state = what;
  }
}

for (const form of document.querySelectorAll("form[data-talk-note]")) new TalkNote(form);
