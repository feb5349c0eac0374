// <input data-person-field> suggests people as one types; with data-many it holds several, as chips.
// Without a script it takes a number, a name, or several between commas; what a choice writes is read the same way.
// A choice fires "accord:person" (with data-many: "accord:people") with the people in `detail`.
import { PeopleList, written } from "./people-list.js";

const BETWEEN = /[,，;；、\n]+/;
const REMOVE = { zh: (name) => `移除${name}`, en: (name) => `Remove ${name}` };

function tell(field, name, detail) {
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  field.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

function upgradeOne(field) {
  field.setAttribute("role", "combobox");
  let chosen = "";
  const list = new PeopleList(field, (person) => {
    chosen = field.value = written(person);
    tell(field, "accord:person", person);
  });
  field.addEventListener("input", () => { if (field.value !== chosen) list.ask(field.value); });
  field.addEventListener("focus", () => field.select());
}

/** Several people: the original field keeps the names for the server, a second one is typed into. */
class Chips {
  constructor(field) {
    this.field = field;
    this.names = field.value.split(BETWEEN).map((name) => name.trim()).filter(Boolean);
    this.row = document.createElement("div");
    this.row.className = "chips";
    this.typed = this.#typedField();
    this.row.append(this.typed);
    field.after(this.row);
    field.hidden = true;
    this.list = new PeopleList(this.typed, (person) => this.add(written(person)));
    this.draw();
  }

  #typedField() {
    const typed = document.createElement("input");
    typed.type = "text";
    typed.setAttribute("role", "combobox");
    for (const name of ["aria-describedby", "aria-invalid", "aria-label", "placeholder"]) {
      if (this.field.hasAttribute(name)) typed.setAttribute(name, this.field.getAttribute(name));
    }
    typed.id = this.field.id;
    this.field.removeAttribute("id");
    // A hidden field that is required could never be sent; the server asks for it all the same.
    this.field.required = false;
    typed.addEventListener("input", () => this.#typing());
    typed.addEventListener("blur", () => this.#take());
    typed.addEventListener("keydown", (event) => {
      if (event.key === "Backspace" && !typed.value) this.remove(this.names.at(-1));
      if (event.key === "Enter" && typed.value.trim() && !event.defaultPrevented) {
        event.preventDefault();
        this.#take();
      }
    });
    return typed;
  }

  #typing() {
    if (BETWEEN.test(this.typed.value)) this.#take();
    else this.list.ask(this.typed.value);
  }

  #take() {
    for (const name of this.typed.value.split(BETWEEN)) this.add(name.trim());
  }

  add(name) {
    this.typed.value = "";
    if (!name || this.names.includes(name)) return;
    this.names.push(name);
    this.#changed();
  }

  remove(name) {
    this.names = this.names.filter((one) => one !== name);
    this.#changed();
    this.typed.focus();
  }

  #changed() {
    this.field.value = this.names.join("、");
    this.draw();
    tell(this.field, "accord:people", this.names);
  }

  draw() {
    for (const chip of this.row.querySelectorAll(".chip")) chip.remove();
    this.typed.before(...this.names.map((name) => this.#chip(name)));
    this.typed.hidden = this.names.length >= Number(this.field.dataset.max || Infinity);
  }

  #chip(name) {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.textContent = name.replace(/（.*）$/, "");
    chip.title = name;
    const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
    chip.setAttribute("aria-label", REMOVE[language](name));
    chip.addEventListener("click", () => this.remove(name));
    return chip;
  }
}

function upgrade(root) {
  for (const field of root.querySelectorAll("input[data-person-field]:not([data-upgraded])")) {
    field.setAttribute("data-upgraded", "");
    if ("many" in field.dataset) new Chips(field);
    else upgradeOne(field);
  }
}

upgrade(document);
// Fields also come with what htmx swaps in and with rows that designers add.
new MutationObserver((changes) => {
  if (changes.some((change) => change.addedNodes.length)) upgrade(document);
}).observe(document.body, { childList: true, subtree: true });
