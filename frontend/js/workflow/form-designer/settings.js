// What can be set about the chosen field and about the form. Words are written in the language chosen above the settings.
import { sortable } from "../designer/sorting.js";
import {
  COLUMN_KINDS, SILENT, askedAs, moved, newColumn, newStep, nextAnchor, nextOption, renamed, wrongKey,
} from "./fields.js";

/** Puts `value` under `name`, or takes the name away where there is nothing to say. */
function put(thing, name, value) {
  if (value === "" || value === null || Number.isNaN(value)) delete thing[name];
  else thing[name] = value;
}

function inBoth(text) {
  return typeof text === "string" ? { zh: text } : (text ?? {});
}

export function settings({ starters, kinds, reader }) {
  return {
    tab: "form",
    language: "zh",
    kinds,
    keyWrong: "",
    columnKinds: COLUMN_KINDS,

    showTab(name) {
      this.tab = name;
    },

    isOneOf(kind, several) {
      return several.includes(kind);
    },

    isCore(field) {
      return field.core !== false;
    },

    isAnswered(field) {
      return field.kind !== "heading" && !SILENT.has(field.kind);
    },

    /** A text as the reader of this page is shown it. Plain text is Chinese. */
    say(text) {
      return typeof text === "string" ? text : text?.[reader] || text?.zh || "";
    },

    /** A text exactly as it is in the language being written. */
    said(text) {
      return inBoth(text)[this.language] ?? "";
    },

    putWords(thing, name, words) {
      const text = { ...inBoth(thing[name]) };
      put(text, this.language, words);
      // A text without Chinese has nothing to fall back on.
      if (text.zh === undefined) text.zh = "";
      if (name !== "label" && name !== "title" && !text.zh && !text.en) delete thing[name];
      else thing[name] = text;
    },

    putPlain(thing, name, value) {
      put(thing, name, value);
    },

    putNumber(thing, name, value) {
      put(thing, name, value === "" ? "" : Number(value));
    },

    /** Answers are text, but for the value of a rating. */
    putDefault(field, value) {
      put(field, "default", field.kind === "rating" && value !== "" ? Number(value) : value);
    },

    putAnchor(anchor, value) {
      if (value !== "") anchor.value = Number(value);
    },

    addOption(field) {
      field.options.push(nextOption(field.options, starters));
      this.$nextTick(() => [...document.querySelectorAll("[data-row=options]")].at(-1)?.select());
    },

    addAnchor(field) {
      field.anchors.push(nextAnchor(field.anchors));
    },

    addColumn(field) {
      field.columns.push(newColumn("text", field.columns.map((column) => column.key), starters));
    },

    takeRow(field, list, at) {
      field[list].splice(at, 1);
    },

    moveRow(field, list, from, to) {
      if (to >= 0 && to < field[list].length) field[list] = moved(field[list], from, to);
    },

    sortRows(list, field, name) {
      if (!this.isEditable) return;
      sortable(list, { group: `rows-${name}`, draggable: "li", handle: ".grip", moved: (from, to) => this.moveRow(field, name, from, to) });
    },

    /** Alt and an arrow move a row, as they move a card. */
    rowKeys(event, field, list, at) {
      const steps = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!event.altKey || !steps) return;
      event.preventDefault();
      this.moveRow(field, list, at, at + steps);
      this.$nextTick(() => event.target.focus());
    },

    setColumnKind(field, at, kind) {
      const taken = field.columns.map((column) => column.key);
      const { key, label, required } = field.columns[at];
      field.columns[at] = { ...newColumn(kind, taken, starters), key, label, ...(required ? { required } : {}) };
    },

    optionsText(column) {
      return (column.options ?? []).map((option) => this.said(option.label) || this.say(option.label)).join("、");
    },

    putOptionsText(column, text) {
      const labels = text.split(/[、,，;；\n]/).map((label) => label.trim()).filter(Boolean);
      const known = new Map(column.options.map((option) => [this.say(option.label), option]));
      column.options = labels.reduce((options, label) => {
        const option = known.get(label) ?? { ...nextOption([...column.options, ...options], starters), label: { zh: label } };
        return [...options, option];
      }, []);
    },

    accepts(field, kind) {
      return Array.isArray(field.accept) && field.accept.includes(kind);
    },

    toggleAccept(field, kind) {
      const chosen = this.accepts(field, kind) ? field.accept.filter((each) => each !== kind) : [...(field.accept ?? []), kind];
      if (chosen.length) field.accept = chosen;
      else delete field.accept;
    },

    /** Fields a formula may calculate with. */
    calculable(field) {
      const fits = (other) => ["number", "text", "date", "choice"].includes(askedAs(other)) || other.kind === "table";
      return this.definition.fields.filter((other) => other.key !== field.key && fits(other));
    },

    insertName(name) {
      const place = document.getElementById("field-formula");
      place.setRangeText(name, place.selectionStart, place.selectionEnd, "end");
      place.dispatchEvent(new Event("input", { bubbles: true }));
      place.focus();
    },

    right(field, step) {
      return field.rights?.[step] ?? (step === "start" ? "edit" : "read");
    },

    setRight(field, step, right) {
      field.rights = { ...field.rights, [step]: right };
    },

    addStep() {
      this.definition.steps.push(newStep(this.definition.steps.map((step) => step.key), starters));
    },

    moveStep(at, steps) {
      this.definition.steps = moved(this.definition.steps, at, at + steps);
    },

    takeStep(at) {
      const { key } = this.definition.steps[at];
      this.change((form) => {
        form.steps.splice(at, 1);
        for (const field of form.fields) if (field.rights) delete field.rights[key];
      });
    },

    /** A new key for a field, in every condition and formula too. */
    rename(field, input) {
      const key = input.value.trim();
      const from = field.key;
      this.keyWrong = this.words[wrongKey(key, this.keys.filter((each) => each !== from))] ?? "";
      if (this.keyWrong || key === from) return;
      this.change((form) => {
        for (const each of form.fields) {
          for (const name of ["visible_if", "formula"]) if (each[name]) each[name] = renamed(each[name], from, key);
        }
        field.key = key;
      });
      this.pick(key);
    },
  };
}
