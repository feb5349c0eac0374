// The list of people that opens under a field while one types: shared by person fields and by @ in comments.
const ADDRESS = "/workflow/people.json";
const PAUSE = 160;
const WORDS = {
  zh: { people: "人员", none: "没有找到，可继续输入工号或姓名", found: (count) => `找到${count}人，用上下键选择` },
  en: { people: "People", none: "Nobody found yet; type a number or a name", found: (count) => `${count} found; choose with the arrow keys` },
};
let lists = 0;

/** The words in the language of the page. */
export function words() {
  return document.documentElement.lang.startsWith("zh") ? WORDS.zh : WORDS.en;
}

/** How a person is written into a field, so that the server finds exactly them. */
export function written(person) {
  return `${person.name}（${person.number}）`;
}

/** One list of suggestions tied to `field` by the combobox pattern; `pick` is called with the person chosen. */
export class PeopleList {
  constructor(field, pick) {
    this.field = field;
    this.pick = pick;
    this.people = [];
    this.active = -1;
    this.asked = 0;
    this.box = this.#build();
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("autocomplete", "off");
    field.setAttribute("autocapitalize", "none");
    field.addEventListener("keydown", (event) => this.#key(event));
    field.addEventListener("blur", () => this.close());
    this.#open(false);
    for (const moved of ["scroll", "resize"]) window.addEventListener(moved, () => this.#place(), { passive: true, capture: true });
  }

  get isOpen() {
    return this.box.matches(":popover-open");
  }

  /** Asks for people after a short pause; an answer that was overtaken is dropped. */
  ask(text) {
    clearTimeout(this.timer);
    const turn = ++this.asked;
    if (!text.trim()) return this.close();
    this.timer = setTimeout(async () => {
      const found = await this.#fetch(text.trim());
      if (turn === this.asked && document.activeElement === this.field) this.#show(found);
    }, PAUSE);
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.active = -1;
    this.field.removeAttribute("aria-activedescendant");
    this.#open(false);
  }

  #open(wanted) {
    if (wanted !== this.isOpen) this.box.togglePopover(wanted);
    // A textarea is no combobox and may not say that it is expanded.
    if (this.field.getAttribute("role") === "combobox") this.field.setAttribute("aria-expanded", String(wanted));
  }

  #build() {
    const box = document.createElement("div");
    box.className = "people-list";
    box.popover = "manual";
    // The field keeps the focus: a press inside the list must not take it away.
    box.addEventListener("pointerdown", (event) => event.preventDefault());
    box.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#choose(Number(option.dataset.place));
    });
    this.list = document.createElement("ul");
    this.list.id = `people-list-${++lists}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", words().people);
    this.note = document.createElement("p");
    this.note.setAttribute("role", "status");
    box.append(this.list, this.note);
    this.field.after(box);
    this.field.setAttribute("aria-controls", this.list.id);
    return box;
  }

  async #fetch(text) {
    try {
      const response = await fetch(`${ADDRESS}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
      return response.ok ? await response.json() : [];
    } catch {
      return [];
    }
  }

  #show(people) {
    this.people = people;
    this.active = people.length ? 0 : -1;
    this.list.replaceChildren(...people.map((person, place) => this.#option(person, place)));
    this.note.textContent = people.length ? words().found(people.length) : words().none;
    this.note.classList.toggle("visually-hidden", people.length > 0);
    this.#open(true);
    this.#mark();
    this.#place();
  }

  #option(person, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.dataset.place = place;
    option.setAttribute("role", "option");
    const name = document.createElement("span");
    name.className = "people-list-name";
    name.textContent = person.name;
    const note = document.createElement("span");
    note.className = "people-list-note";
    note.textContent = `${person.number} · ${person.unit}`;
    option.append(name, note);
    return option;
  }

  #mark() {
    for (const option of this.list.children) {
      option.setAttribute("aria-selected", String(Number(option.dataset.place) === this.active));
    }
    const option = this.list.children[this.active];
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #place() {
    if (!this.isOpen) return;
    const { left, bottom, top, width } = this.field.getBoundingClientRect();
    const height = this.box.offsetHeight;
    const below = bottom + 4 + height <= (window.visualViewport?.height ?? innerHeight) || top < height + 4;
    this.box.style.left = `${left}px`;
    this.box.style.width = `${width}px`;
    this.box.style.top = `${below ? bottom + 4 : top - height - 4}px`;
  }

  #key(event) {
    if (!this.isOpen || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.people.length) {
      this.active = (this.active + step + this.people.length) % this.people.length;
      this.#mark();
    } else if (event.key === "Enter" && this.active >= 0) {
      this.#choose(this.active);
    } else if (event.key === "Escape") {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(place) {
    const person = this.people[place];
    this.close();
    if (person) this.pick(person);
  }
}
