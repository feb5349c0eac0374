// The form designer: the machinery, and one part for each thing one does with a form.
import { designing } from "../designer/designing.js";
import { compose, place } from "../designer/place.js";
import { canvas } from "./canvas.js";
import { clock } from "./clock.js";
import { condition } from "./condition.js";
import { preview } from "./preview.js";
import { settings } from "./settings.js";

place("formDesigner", (page) => {
  const machinery = designing(page);
  return compose(machinery, canvas(page), settings(page), condition(), clock(), preview(page), {
    init() {
      machinery.init.call(this);
      if (page.editable) this.$nextTick(() => this.startDragging());
    },

    shortcuts() {
      return { ...machinery.shortcuts.call(this), ...this.cardKeys() };
    },

    restored() {
      if (!this.keys.includes(this.selected)) this.selected = "";
      this.loadCondition();
    },
  });
});
