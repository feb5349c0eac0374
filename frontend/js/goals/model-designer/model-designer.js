// The designer of assessment models: the machinery, and one part for each thing one does with a model.
import { designing } from "../../workflow/designer/designing.js";
import { compose, place } from "../../workflow/designer/place.js";
import { board } from "./board.js";
import { library } from "./library.js";
import { scoring } from "./scoring.js";
import { weighing } from "./weighing.js";

place("modelDesigner", (page) => {
  const machinery = designing(page);
  return compose(machinery, board(page), library(page), weighing(page), scoring(page), {
    init() {
      machinery.init.call(this);
      if (page.editable) this.$nextTick(() => this.startDragging());
    },

    shortcuts() {
      return { ...machinery.shortcuts.call(this), ...this.cardKeys() };
    },

    restored() {
      if (!this.placeOf(this.selected)) this.selected = 0;
      this.$nextTick(() => this.startDragging());
    },
  });
});
