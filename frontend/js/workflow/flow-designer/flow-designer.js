// The designer of flows: cards on the canvas, the settings of the selected one beside it, a dry run of the whole.
import { designing } from "../designer/designing.js";
import { compose, place } from "../designer/place.js";
import { adding } from "./adding.js";
import { conditioning } from "./conditioning.js";
import { drawing } from "./drawing.js";
import { editing } from "./editing.js";
import { rehearsing } from "./rehearsing.js";
import { setting } from "./setting.js";

const TABS = ["settings", "try", "problems"];

place("flowDesigner", (page) => {
  const shared = designing(page);
  return compose(shared, drawing(page), adding(page), editing(page), setting(page), conditioning(page), rehearsing(page), {
    selected: "start",
    moving: null,
    tab: "settings",

    init() {
      this.selected = page.definition.nodes[0]?.key ?? "";
      shared.init.call(this);
      this.readCondition();
      this.startDrawing();
    },

    shortcuts() {
      return { ...shared.shortcuts.call(this), ...this.cardKeys() };
    },

    restored() {
      if (!this.part) this.selected = this.definition.nodes[0]?.key ?? "";
      Object.assign(this, { moving: null, tried: null });
      this.readCondition();
    },

    /** Shows the settings of a card. */
    select(id) {
      this.selected = id;
      if (this.tab === "problems") this.tab = "settings";
      this.readCondition();
    },

    /** A card was pressed. By key the first press selects, the second leads into the settings; Escape leads back. */
    press(id, byKey) {
      const again = this.selected === id;
      this.select(id);
      if (byKey && !again) return;
      this.openTab("settings");
      if (byKey) this.$nextTick(() => document.getElementById("flow-name-zh")?.focus());
    },

    /** How many problems there are, in words. */
    get problemCount() {
      const { length } = this.answer.problems;
      return length ? page.words.problems.replace("%(count)s", length) : page.words.no_problems;
    },

    walkTabs(event) {
      const at = TABS.indexOf(this.tab);
      const goal = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key];
      if (goal === undefined || event.target.getAttribute("role") !== "tab") return;
      event.preventDefault();
      this.tab = TABS.at(goal % TABS.length);
      document.getElementById(`tab-${this.tab}`).focus();
    },

    /** Leads from a problem in the list to the card it is about. */
    jump(id) {
      this.select(id || this.definition.nodes[0].key);
      this.closeSheet();
      this.focusCard(this.selected);
    },

    openTab(name) {
      this.tab = name;
      this.openSheet("settings");
    },
  });
});
