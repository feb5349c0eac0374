// The dry run: who would decide, for one person and some values. The server walks the flow; nothing is started.
import { announce } from "../designer/announce.js";
import { ask } from "../designer/server.js";

export function rehearsing(page) {
  return {
    tried: null,
    trying: false,
    tryWrong: "",
    tryStarter: "",
    tryPerson: "",
    tryValues: {},
    people: { ...page.people },

    /** The names that conditions of this flow ask for and that somebody has to give a value. */
    get askedNames() {
      const text = JSON.stringify(this.definition);
      return page.names_in_conditions.filter(({ name, given }) => !given && new RegExp(`"when":"[^"]*\\b${name}\\b`).test(text));
    },

    async rehearse() {
      this.trying = true;
      const sent = { body: this.definition, starter: this.tryStarter, person: this.tryPerson, values: this.tryValues };
      const { went, answer } = await ask(page.addresses.rehearse, sent);
      this.trying = false;
      if (went !== "well") return this.tryFailed(answer.error?.message ?? page.words[went]);
      // A branch that is taken has no number of its own.
      const steps = Object.fromEntries(answer.way.map(({ id, place }) => [id, place ?? -1]));
      this.tried = { ...answer, steps, people: Object.fromEntries(answer.way.map(({ id, who }) => [id, who])) };
      this.tryWrong = "";
      announce(answer.ending);
    },

    tryFailed(sentence) {
      Object.assign(this, { tried: null, tryWrong: sentence });
    },

    forgetTry() {
      this.tried = null;
    },
  };
}
