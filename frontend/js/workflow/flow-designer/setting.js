// The settings of the selected card: one accessor a field, so that absent settings read as what they mean.
import { find, moveBranch } from "./tree.js";

/** What a rule that finds people starts from. */
const RULES = {
  named: { by: "named", employees: [] },
  role: { by: "role", role: "executive" },
  manager: { by: "manager", level: 1 },
  managers: { by: "managers", up_to: 2 },
  head: { by: "head", level: 1 },
  hrbp: { by: "hrbp" },
  self: { by: "self" },
  starter: { by: "starter" },
  chosen: { by: "chosen", min: 1 },
};

const whole = (text, least, most) => Math.min(most, Math.max(least, Math.round(Number(text)) || least));

/** A text in the language it is for; the English one may be absent, and is when it is empty. */
function rename(part, language, text) {
  part.name ??= {};
  if (text || language === "zh") part.name[language] = text;
  else delete part.name[language];
}

export function setting(page) {
  return {
    get place() {
      return find(this.definition, this.selected);
    },
    get part() {
      return this.place?.branch ?? this.place?.node ?? null;
    },
    /** What kind of settings the selected card has. */
    get kind() {
      if (!this.place?.branch) return this.part?.kind ?? "";
      return this.place.at < this.place.fork.branches.length - 1 ? "condition" : "otherwise";
    },
    get asks() {
      return ["approve", "fill", "sign"].includes(this.kind);
    },
    get heading() {
      return page.words.kinds[this.kind] ?? "";
    },
    get peopleHeading() {
      return page.words.people_headings[this.kind] ?? "";
    },
    get partProblems() {
      return this.problemsById[this.selected] ?? [];
    },

    get nameZh() {
      return this.part?.name?.zh ?? "";
    },
    set nameZh(text) {
      rename(this.part, "zh", text);
    },
    get nameEn() {
      return this.part?.name?.en ?? "";
    },
    set nameEn(text) {
      rename(this.part, "en", text);
    },

    get rules() {
      return this.part?.approvers ?? [];
    },
    setRule(at, by) {
      this.part.approvers.splice(at, 1, JSON.parse(JSON.stringify(RULES[by])));
    },
    addRule() {
      this.part.approvers ??= [];
      const taken = new Set(this.rules.map((rule) => rule.by));
      const by = ["manager", "hrbp", "head", "named"].find((each) => !taken.has(each)) ?? "named";
      this.part.approvers.push(JSON.parse(JSON.stringify(RULES[by])));
    },
    removeRule(at) {
      this.part.approvers.splice(at, 1);
    },
    setWhole(rule, key, text, most) {
      rule[key] = whole(text, 1, most);
    },
    setMost(rule, text) {
      if (text) rule.max = whole(text, rule.min ?? 1, 20);
      else delete rule.max;
    },

    /** People are kept by number; their names are remembered for showing. */
    nameOfNumber(number) {
      return this.people[number] ?? number;
    },
    addPerson(owner, event) {
      const { number, name } = event.detail;
      this.people[number] = name;
      owner.employees ??= [];
      if (!owner.employees.includes(number)) owner.employees.push(number);
      event.target.value = "";
    },
    removePerson(owner, number) {
      owner.employees.splice(owner.employees.indexOf(number), 1);
    },

    get many() {
      return this.rules.length > 1 || this.rules.some((rule) => ["role", "managers", "hrbp", "chosen"].includes(rule.by) || rule.employees?.length > 1);
    },
    get mode() {
      return this.part?.mode ?? "all";
    },
    set mode(mode) {
      this.part.mode = mode;
      if (mode === "share") this.part.share ??= 60;
      else delete this.part.share;
    },
    get share() {
      return this.part?.share ?? 60;
    },
    set share(text) {
      this.part.share = whole(text, 1, 100);
    },

    get emptyThen() {
      return this.part?.empty?.then ?? "administrator";
    },
    set emptyThen(then) {
      this.part.empty = then === "named" ? { then, employees: [] } : { then };
    },

    get hasDeadline() {
      return Boolean(this.part?.deadline);
    },
    set hasDeadline(wanted) {
      if (wanted) this.part.deadline = { days: 3, then: "remind" };
      else delete this.part.deadline;
    },
    get deadlineDays() {
      return this.part?.deadline?.days ?? "";
    },
    set deadlineDays(text) {
      this.part.deadline.days = whole(text, 1, 365);
    },
    get deadlineThen() {
      return this.part?.deadline?.then ?? "remind";
    },
    set deadlineThen(then) {
      this.part.deadline.then = then;
    },
    get days() {
      return this.part?.days ?? "";
    },
    set days(text) {
      this.part.days = whole(text, 1, 365);
    },
    get expired() {
      return this.part?.expired ?? "return";
    },
    set expired(then) {
      this.part.expired = then;
    },

    mayDo(action) {
      return (this.part?.may ?? ["transfer", "add", "return"]).includes(action);
    },
    allow(action, allowed) {
      const now = this.part.may ?? ["transfer", "add", "return"];
      this.part.may = ["transfer", "add", "return"].filter((each) => (each === action ? allowed : now.includes(each)));
    },

    get step() {
      return this.part?.step ?? "";
    },
    set step(key) {
      if (key) this.part.step = key;
      else delete this.part.step;
    },

    /** The ways of a fork, as a list to put in order. */
    get ways() {
      const fork = this.kind === "branch" ? this.part : this.place?.fork;
      return (fork?.branches ?? []).map((branch, at) => ({ id: `${fork.key}/${branch.key}`, at, name: this.nameOf(branch), isLast: at === fork.branches.length - 1 }));
    },
    moveWay(id, by) {
      const { fork, at } = find(this.definition, id);
      this.change(() => moveBranch(fork, at, at + by));
    },
  };
}
