// The condition of a branch: rows of name, sign and value, or an expression written freely.
import { NEEDS_NO_VALUE, SIGNS, readRows, writeRows } from "../designer/conditions.js";

export function conditioning(page) {
  const kinds = Object.fromEntries(page.names_in_conditions.map((each) => [each.name, each]));
  // Rows as they were left, by branch: for when somebody comes back to a condition that is only half there.
  const unfinished = {};
  const kindOf = (name) => kinds[name]?.kind ?? "text";
  return {
    rows: [],
    joined: "and",
    isFree: false,

    readCondition() {
      if (this.kind !== "condition") return;
      const left = unfinished[this.selected];
      const found = left?.when === this.when ? { joined: left.joined, rows: left.rows } : readRows(this.when);
      this.isFree = found === null;
      Object.assign(this, found ?? { joined: "and", rows: [] });
      if (found && !found.rows.length) this.rows = [{ name: "", sign: "", value: "" }];
    },
    /** Rows whose value is not there yet stay on the page, and out of the expression. */
    writeCondition() {
      this.part.when = writeRows({ joined: this.joined, rows: this.rows }, kindOf);
      unfinished[this.selected] = { when: this.part.when, joined: this.joined, rows: [...this.rows] };
    },
    get when() {
      return this.part?.when ?? "";
    },
    set when(text) {
      this.part.when = text;
    },
    writeFreely() {
      this.isFree = true;
    },
    useRows() {
      const found = readRows(this.when);
      if (!found) return;
      this.isFree = false;
      this.readCondition();
    },
    get canUseRows() {
      return readRows(this.when) !== null;
    },
    addRow() {
      this.rows.push({ name: "", sign: "", value: "" });
    },
    removeRow(at) {
      this.rows.splice(at, 1);
      this.writeCondition();
    },
    setRowName(row, name) {
      const [sign] = signsOf(kindOf(name));
      Object.assign(row, { name, sign, value: kindOf(name) === "truth" ? "true" : "" });
      this.writeCondition();
    },
    signs(row) {
      return signsOf(kindOf(row.name)).map((sign) => ({ sign, word: page.words.signs[sign] }));
    },
    needsValue(row) {
      return Boolean(row.name) && !NEEDS_NO_VALUE.has(row.sign);
    },
    valueKind(row) {
      const { kind, options } = kinds[row.name] ?? {};
      return options?.length ? "choice" : { number: "number", date: "date" }[kind] ?? "text";
    },
    optionsOf(row) {
      return kinds[row.name]?.options ?? [];
    },
  };
}

function signsOf(kind) {
  return SIGNS[kind] ?? SIGNS.text;
}
