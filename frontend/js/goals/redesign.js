// A step of a redesign saves itself a moment after the last key, and shows what the other has saved while nothing is
// being written here. Without this script the step is saved by its buttons.
const PAUSE = 1200;
const LONGEST_WAIT = 30_000;

class RedesignStep {
  constructor(form) {
    this.form = form;
    this.kept = this.written();
    this.wait = PAUSE;
    form.addEventListener("input", () => this.later(PAUSE));
    form.addEventListener("change", () => this.later(PAUSE));
    window.addEventListener("online", () => this.save());
    window.addEventListener("pagehide", () => { if (this.isDirty() && !this.sent) this.request({ keepalive: true }).catch(() => {}); });
    // The form is sent with the edition that its last save has brought, so that it never meets its own autosave.
    document.addEventListener("submit", (event) => { if (event.target === form) this.submitting(event); }, true);
    document.addEventListener("htmx:after:swap", () => this.look());
  }

  written() {
    const fields = [...new FormData(this.form)].filter(([name]) => name !== "edition" && name !== "csrfmiddlewaretoken");
    return JSON.stringify(fields);
  }

  isDirty() {
    return this.written() !== this.kept;
  }

  get edition() {
    return this.form.elements.namedItem("edition");
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  request(options = {}) {
    const body = new FormData(this.form);
    return fetch(this.form.action, { method: "POST", body, headers: { Accept: "application/json" }, ...options });
  }

  async save() {
    clearTimeout(this.timer);
    if (this.saving) await this.saving;
    if (!this.isDirty() || this.sent) return;
    this.saving = this.saveNow();
    await this.saving;
    this.saving = null;
  }

  async saveNow() {
    const written = this.written();
    this.say("saving", this.form.dataset.saidSaving);
    try {
      const answer = await this.request();
      const told = await answer.json();
      if (!answer.ok) {
        this.say("refused", `${told.error.message} ${told.error.hint ?? ""}`);
        return;
      }
      this.edition.value = told.edition;
      this.kept = written;
      this.wait = PAUSE;
      this.say("saved", this.form.dataset.saidSaved);
    } catch {
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
      this.say("offline", this.form.dataset.saidOffline);
      this.later(this.wait);
    }
  }

  async submitting(event) {
    if (this.sent || !this.saving) {
      this.sent = true;
      return;
    }
    event.preventDefault();
    await this.saving;
    this.sent = true;
    this.form.requestSubmit(event.submitter);
  }

  /** The rail was renewed: where the other has saved this step, and nothing is being written here, show theirs. */
  async look() {
    const rail = document.getElementById("redesign-rail");
    if (!rail || this.saving || Number(rail.dataset.stepEdition) <= Number(this.edition.value) || this.isDirty()) return;
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const fresh = page.querySelector("[data-redesign-fields]");
    if (!fresh || this.isDirty()) return;
    this.form.querySelector("[data-redesign-fields]").replaceWith(document.adoptNode(fresh));
    this.edition.value = page.querySelector("[data-redesign] [name=edition]").value;
    this.kept = this.written();
    this.say("theirs", this.form.dataset.saidTheirs.replace("{name}", rail.dataset.stepBy));
  }

  say(state, words) {
    const place = this.form.querySelector("[data-redesign-status]");
    if (!place) return;
    place.textContent = words;
    place.dataset.state = state;
  }
}

for (const form of document.querySelectorAll("form[data-redesign]")) new RedesignStep(form);
