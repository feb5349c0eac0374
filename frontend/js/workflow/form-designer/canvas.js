// The canvas: choosing, adding, moving, copying and deleting fields, by mouse, finger and key.
import { announce } from "../designer/announce.js";
import { palette, sortable } from "../designer/sorting.js";
import { fill } from "../designer/wording.js";
import { copyOf, moved, newField } from "./fields.js";

const cardOf = (key) => document.querySelector(`[data-card="${key}"]`);

export function canvas({ starters }) {
  return {
    selected: "",

    get picked() {
      return this.definition.fields.filter((field) => field.key === this.selected);
    },

    get keys() {
      return this.definition.fields.map((field) => field.key);
    },

    startDragging() {
      const cards = document.getElementById("form-cards");
      sortable(cards, {
        group: "fields",
        draggable: "li",
        moved: (from, to) => this.move(from, to),
        added: (item, at) => this.add(item.dataset.kind, at),
      });
      document.querySelectorAll("[data-parts]").forEach((list) => palette(list, { group: "fields", draggable: "li" }));
    },

    /** A chosen field opens its settings; on a phone they are a sheet, so the second press opens it. */
    pick(key) {
      const again = this.selected === key;
      this.selected = key;
      this.tab = "field";
      this.loadCondition();
      if (again) this.openSheet("settings");
    },

    pickForm() {
      this.selected = "";
      this.showTab("form");
      this.openSheet("settings");
    },

    /** Adds a field at a place; without one below the chosen field, or at the end. */
    add(kind, at = this.keys.indexOf(this.selected) + 1 || this.keys.length) {
      const field = newField(kind, this.keys, starters);
      this.change((form) => form.fields.splice(at, 0, field));
      this.sheet = "";
      this.settle(field.key, this.words.added, at);
    },

    duplicate(key) {
      const at = this.keys.indexOf(key);
      const copy = copyOf(this.definition.fields[at], this.keys, starters);
      this.change((form) => form.fields.splice(at + 1, 0, copy));
      this.settle(copy.key, this.words.duplicated, at + 1);
    },

    remove(key) {
      const at = this.keys.indexOf(key);
      const label = this.say(this.definition.fields[at].label);
      this.change((form) => form.fields.splice(at, 1));
      this.selected = "";
      this.offerUndo(fill(this.words.deleted, { label }));
      const next = this.keys[Math.min(at, this.keys.length - 1)];
      this.$nextTick(() => cardOf(next)?.focus());
    },

    moveBy(key, steps) {
      const from = this.keys.indexOf(key);
      const to = from + steps;
      if (to < 0 || to >= this.keys.length) return;
      // Moving the focused button in the document takes the focus away from it.
      const pressed = document.activeElement;
      this.move(from, to);
      this.$nextTick(() => (pressed.disabled ? cardOf(key) : pressed)?.focus());
    },

    move(from, to) {
      const { key } = this.definition.fields[from];
      this.change((form) => { form.fields = moved(form.fields, from, to); });
      this.settle(key, this.words.moved, to, false);
    },

    /** Chooses what was just put at a place, brings it into sight and says where it is. */
    settle(key, sentence, at, focus = true) {
      this.selected = key;
      this.tab = "field";
      this.loadCondition();
      const label = this.say(this.definition.fields[at].label);
      announce(fill(sentence, { label, place: at + 1, count: this.keys.length }));
      this.$nextTick(() => {
        cardOf(key)?.scrollIntoView({ block: "nearest" });
        if (focus) cardOf(key)?.focus({ preventScroll: true });
      });
    },

    /** Keys of the canvas; they act on the card that has the focus. */
    cardKeys() {
      const onCard = (act) => () => {
        const key = document.activeElement?.closest("[data-key]")?.dataset.key;
        return key ? act(key) : false;
      };
      return {
        up: onCard((key) => this.walk(key, -1)),
        down: onCard((key) => this.walk(key, 1)),
        "alt+up": onCard((key) => this.moveBy(key, -1)),
        "alt+down": onCard((key) => this.moveBy(key, 1)),
        "mod+d": onCard((key) => this.duplicate(key)),
        delete: onCard((key) => this.remove(key)),
      };
    },

    walk(key, steps) {
      cardOf(this.keys[this.keys.indexOf(key) + steps])?.focus();
    },

    cardClass(field) {
      return {
        "is-picked": this.selected === field.key,
        "is-optional": field.core === false,
        "has-problem": this.hasProblem(field),
        [`is-${field.kind}`]: true,
      };
    },

    isList(field) {
      return field.kind === "multi_choice" || (field.kind === "choice" && field.shown_as !== "select");
    },

    isSelect(field) {
      return field.kind === "choice" && field.shown_as === "select";
    },

    placeholderOf(field) {
      return field.default ?? this.words.placeholders[field.kind] ?? "";
    },
  };
}
