// What the server says of the form: how long it takes, field by field, and what is to be mended.
import { fill } from "../designer/wording.js";

export function clock() {
  return {
    showClock() {
      this.showTab("checks");
      this.openSheet("settings");
    },

    duration(seconds) {
      const whole = Math.round(seconds);
      const values = { minutes: Math.floor(whole / 60), seconds: whole % 60 };
      if (!values.minutes) return fill(this.words.seconds, values);
      return fill(values.seconds ? this.words.minutes_and_seconds : this.words.minutes, values);
    },

    budgetText() {
      return fill(this.words.of_budget, { budget: this.duration(this.answer.budget) });
    },

    clockTone() {
      const share = this.answer.seconds / this.answer.budget;
      if (share > 1) return "red";
      return share > 0.8 ? "yellow" : "green";
    },

    /** The filled part of the dial, of a circle that is 100 long. */
    dial() {
      return `${Math.min(100, Math.round((100 * this.answer.seconds) / this.answer.budget))} 100`;
    },

    clockAdvice() {
      return this.words[`clock_${this.clockTone()}`];
    },

    clockStep() {
      return fill(this.words.clock_step, { step: this.answer.step });
    },

    secondsOf(field) {
      const seconds = this.answer.shares[field.key];
      return seconds ? this.duration(seconds) : "";
    },

    shares() {
      const { shares } = this.answer;
      const counted = this.definition.fields.filter((field) => shares[field.key] > 0);
      const rows = counted.map((field) => ({ key: field.key, label: this.say(field.label), seconds: shares[field.key] }));
      return rows.sort((one, other) => other.seconds - one.seconds);
    },

    problemsOf(field) {
      return this.answer.problems.filter((problem) => problem.field === field.key);
    },

    hasProblem(field) {
      return this.problemsOf(field).length > 0;
    },

    goTo(problem) {
      if (problem.field && this.keys.includes(problem.field)) this.pick(problem.field);
      else this.pickForm();
    },
  };
}
