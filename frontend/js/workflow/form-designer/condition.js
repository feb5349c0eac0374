// The condition of the chosen field as rows of "field, sign, value"; unfinished rows wait here until they say something.
import { NEEDS_NO_VALUE, SIGNS, readRows, writeRows } from "../designer/conditions.js";
import { askedAs } from "./fields.js";

const INPUTS = { number: "number", date: "date" };

export function condition() {
  return {
    condition: { joined: "and", rows: [], free: false },

    loadCondition() {
      const [field] = this.picked;
      const found = readRows(String(field?.visible_if ?? ""));
      const known = found?.rows.every((row) => askedAs(this.named(row.name)));
      this.condition = known ? { ...found, free: false } : { joined: "and", rows: [], free: true };
      this.keyWrong = "";
    },

    /** Fields a condition of this one may ask about. */
    askable(field) {
      return this.definition.fields.filter((other) => other.key !== field.key && askedAs(other));
    },

    named(name) {
      return this.definition.fields.find((field) => field.key === name);
    },

    signsOf(row) {
      return SIGNS[askedAs(this.named(row.name))] ?? SIGNS.text;
    },

    needsValue(row) {
      return !NEEDS_NO_VALUE.has(row.sign);
    },

    /** What there is to choose from; empty where a value is typed. */
    valuesOf(row) {
      const field = this.named(row.name);
      const offered = field?.options ?? field?.anchors ?? [];
      return offered.map(({ value, label }) => ({ value, label: field.anchors ? `${value} ${this.say(label)}` : this.say(label) }));
    },

    sameValue(row, { value }) {
      return String(row.value) === String(value);
    },

    inputOf(row) {
      return INPUTS[askedAs(this.named(row.name))] ?? "text";
    },

    addCondition(field) {
      const [first] = this.askable(field);
      const row = { name: first.key, sign: "=", value: "" };
      this.condition.rows.push({ ...row, sign: this.signsOf(row)[0] });
      this.writeCondition(field);
    },

    setRow(field, row, name, value) {
      row[name] = value;
      if (name === "name") Object.assign(row, { sign: this.signsOf(row)[0], value: "" });
      this.writeCondition(field);
    },

    takeCondition(field, at) {
      this.condition.rows.splice(at, 1);
      this.writeCondition(field);
    },

    joinBy(field, joined) {
      this.condition.joined = joined;
      this.writeCondition(field);
    },

    writeCondition(field) {
      const text = writeRows(this.condition, (name) => askedAs(this.named(name)));
      this.putPlain(field, "visible_if", text);
    },

    writeFreely() {
      this.condition.free = true;
    },

    fitsRows(field) {
      return readRows(String(field.visible_if ?? "")) !== null;
    },

    useRows() {
      this.loadCondition();
    },
  };
}
