// The board: dimensions with their KPIs; choosing, adding, moving and taking out, by mouse, finger and key.
import { announce } from "../../workflow/designer/announce.js";
import { palette, sortable } from "../../workflow/designer/sorting.js";
import { fill } from "../../workflow/designer/wording.js";
import { freshKey, newItem, rest } from "./items.js";

const cardOf = (metric) => document.querySelector(`[data-card="${metric}"]`);
const sorted = new WeakSet();

export function board({ new_dimension: unnamed, reader, metrics, authors }) {
  return {
    selected: 0,
    tab: "model",
    metrics,

    get picked() {
      const found = this.placeOf(this.selected);
      return found ? [found.item] : [];
    },

    get count() {
      return this.definition.dimensions.reduce((sum, dimension) => sum + dimension.items.length, 0);
    },

    /** Where the item of a metric stands: `{dimension, at, row, item}`. */
    placeOf(metric) {
      for (const [at, dimension] of this.definition.dimensions.entries()) {
        const row = dimension.items.findIndex((item) => item.metric === metric);
        if (row >= 0) return { dimension, at, row, item: dimension.items[row] };
      }
      return null;
    },

    metricOf(item) {
      return this.metrics[item.metric] ?? { name: this.words.unknown_metric, unit: "", note: "", decimals: 2 };
    },

    authorOf(item) {
      return authors[item.author] ?? item.author;
    },

    /** A text as the reader of this page is shown it. */
    say(text) {
      return text?.[reader] || text?.zh || "";
    },

    nameOf(dimension) {
      return this.say(dimension.name) || this.words.unnamed;
    },

    putName(dimension, language, words) {
      dimension.name = { ...dimension.name, [language]: words };
      if (language === "en" && !words) delete dimension.name.en;
    },

    putOwnName(dimension, words) {
      this.putName(dimension, reader === "en" && dimension.name.en !== undefined ? "en" : "zh", words);
    },

    putCode(name, code) {
      this.definition[name] = code || null;
    },

    cardClass(item) {
      return { "is-picked": this.selected === item.metric, "has-problem": Boolean(this.wrong(item)) };
    },

    showTab(name) {
      this.tab = name;
    },

    pick(metric) {
      const again = this.selected === metric;
      this.selected = metric;
      this.tab = "kpi";
      if (again) this.openSheet("settings");
    },

    pickModel() {
      this.selected = 0;
      this.tab = "model";
      this.openSheet("settings");
    },

    startDragging() {
      for (const list of document.querySelectorAll("[data-dimension]")) {
        if (!sorted.has(list)) this.makeSortable(list);
        sorted.add(list);
      }
      for (const list of document.querySelectorAll("[data-parts]")) {
        if (!sorted.has(list)) palette(list, { group: "kpis", draggable: "li" });
        sorted.add(list);
      }
    },

    makeSortable(list) {
      const here = () => this.indexOf(list.dataset.dimension);
      sortable(list, {
        group: "kpis",
        draggable: "li",
        handle: ".model-card-grip",
        moved: (from, to) => this.move(here(), from, here(), to),
        crossed: (other, from, to) => this.move(this.indexOf(other.dataset.dimension), from, here(), to),
        added: (item, to) => this.add(Number(item.dataset.metric), here(), to),
      });
    },

    indexOf(key) {
      return this.definition.dimensions.findIndex((dimension) => dimension.key === key);
    },

    /** Puts a metric of the library in; without a place below the chosen KPI, or at the end of the first dimension. */
    add(metric, at, row) {
      if (this.placeOf(metric)) return this.pick(metric);
      const chosen = this.placeOf(this.selected);
      const into = at ?? chosen?.at ?? 0;
      const behind = row ?? (chosen && chosen.at === into ? chosen.row + 1 : this.definition.dimensions[into]?.items.length ?? 0);
      const item = newItem(this.known(metric), rest(this.definition));
      this.change((model) => {
        if (!model.dimensions.length) model.dimensions.push({ key: "result", name: { ...unnamed }, items: [] });
        model.dimensions[into].items.splice(behind, 0, item);
      });
      this.sheet = "";
      this.settle(metric, fill(this.words.added, { name: this.metricOf(item).name, place: behind + 1, count: this.count }));
    },

    move(fromAt, from, toAt, to) {
      const { metric } = this.definition.dimensions[fromAt].items[from];
      this.change((model) => {
        const [item] = model.dimensions[fromAt].items.splice(from, 1);
        model.dimensions[toAt].items.splice(to, 0, item);
      });
      const { dimension, row, item } = this.placeOf(metric);
      const values = { name: this.metricOf(item).name, place: row + 1, count: dimension.items.length, dimension: this.nameOf(dimension) };
      this.settle(metric, fill(this.words.moved, values));
    },

    /** One place on; from the end of a dimension into the next one. */
    moveBy(metric, step) {
      const { at, row, dimension } = this.placeOf(metric);
      const next = row + step;
      if (next >= 0 && next < dimension.items.length) return this.move(at, row, at, next);
      const other = this.definition.dimensions[at + step];
      if (other) this.move(at, row, at + step, step > 0 ? 0 : other.items.length);
    },

    remove(metric) {
      const { at, row, item } = this.placeOf(metric);
      this.change((model) => model.dimensions[at].items.splice(row, 1));
      this.selected = 0;
      this.tab = "model";
      this.offerUndo(fill(this.words.deleted, { name: this.metricOf(item).name }));
      const left = this.definition.dimensions[at].items;
      this.$nextTick(() => cardOf(left[Math.min(row, left.length - 1)]?.metric)?.focus());
    },

    addDimension() {
      const key = freshKey("dimension", this.definition.dimensions.map((dimension) => dimension.key));
      this.change((model) => model.dimensions.push({ key, name: { ...unnamed }, items: [] }));
      this.$nextTick(() => {
        this.startDragging();
        document.getElementById(`dimension-${key}`)?.select();
      });
    },

    moveDimension(at, step) {
      this.change((model) => model.dimensions.splice(at + step, 0, ...model.dimensions.splice(at, 1)));
    },

    removeDimension(at) {
      const name = this.nameOf(this.definition.dimensions[at]);
      this.change((model) => model.dimensions.splice(at, 1));
      this.selected = 0;
      this.offerUndo(fill(this.words.dimension_deleted, { name }));
    },

    settle(metric, sentence) {
      this.selected = metric;
      this.tab = "kpi";
      announce(sentence);
      this.$nextTick(() => {
        cardOf(metric)?.scrollIntoView({ block: "nearest" });
        cardOf(metric)?.focus({ preventScroll: true });
      });
    },

    /** Keys of the board; they act on the card that has the focus. */
    cardKeys() {
      const onCard = (act) => () => {
        const metric = Number(document.activeElement?.closest("[data-card]")?.dataset.card);
        return metric ? act(metric) : false;
      };
      return {
        "alt+up": onCard((metric) => this.moveBy(metric, -1)),
        "alt+down": onCard((metric) => this.moveBy(metric, 1)),
        delete: onCard((metric) => this.remove(metric)),
      };
    },

    /** What is wrong at a place inside an item; without a name, with any of it. */
    wrong(item, name = "") {
      const found = this.placeOf(item.metric);
      const begins = found && `dimensions[${found.at}].items[${found.row}]${name && `.${name}`}`;
      return this.answer.problems.find(({ place }) => place === begins || (!name && place.startsWith(`${begins}.`)))?.sentence ?? "";
    },

    wrongDimension(at) {
      const places = ["", ".name", ".key", ".items"].map((tail) => `dimensions[${at}]${tail}`);
      return this.answer.problems.find(({ place }) => places.includes(place))?.sentence ?? "";
    },

    wrongAt(place) {
      return this.answer.problems.find((problem) => problem.place === place)?.sentence ?? "";
    },

    goTo({ place }) {
      const [, at, row] = place.match(/^dimensions\[(\d+)\]\.items\[(\d+)\]/) ?? [];
      if (row === undefined) return this.showTab("model");
      this.settle(this.definition.dimensions[at].items[row].metric, "");
    },
  };
}
