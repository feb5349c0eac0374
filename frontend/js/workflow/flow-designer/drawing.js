// The canvas as a part of the component: drawn again whenever what it shows is different.
import { ICONS, draw } from "./canvas.js";
import { makeDraggable } from "./dragging.js";
import { find, listAt, move, moveBranch } from "./tree.js";

export function drawing(page) {
  let isDragging = false;
  let root;
  return {
    startDrawing() {
      root = this.$root.querySelector(".flow-canvas");
      root.addEventListener("click", (event) => this.pressed(event));
      window.Alpine.effect(() => this.drawCanvas());
      // A wide flow begins in the middle, where its start is.
      const frame = root.parentElement;
      frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
    },

    drawCanvas() {
      const view = this.view();
      if (isDragging) return;
      if (!draw(root, view) || !this.isEditable || this.moving) return;
      makeDraggable(root, {
        dragging: (now) => { isDragging = now; },
        moved: (key, list, goal) => this.dropped((body) => move(body, key, list, goal)),
        ranked: (fork, from, to) => this.dropped((body) => moveBranch(find(body, fork).node, from, to)),
      });
    },

    /** Sortable has moved the elements already; where nothing moves in the flow they are put back. */
    dropped(edit) {
      isDragging = false;
      this.change(edit);
      this.drawCanvas();
    },

    view() {
      return {
        body: this.definition,
        selected: this.selected,
        moving: this.moving,
        sentences: this.answer.sentences,
        problems: this.problemsById,
        steps: this.tried?.steps ?? null,
        people: this.tried?.people ?? {},
        isEditable: this.isEditable,
        sprite: page.sprite,
        words: page.words,
        nameOf: (part) => this.nameOf(part),
        nameAbove: (list, at) => this.nameAbove(list, at),
        isMovable: (id) => this.isMovable(id),
      };
    },

    pressed(event) {
      const button = event.target.closest("[data-do]");
      if (!button || button.getAttribute("aria-disabled") === "true") return;
      const { do: command, id, list, at } = button.dataset;
      if (command === "select") this.press(id, event.detail === 0);
      if (command === "add") this.openKinds(button, list, Number(at));
      if (command === "place") this.placeHere(list, Number(at));
      if (command === "branch") this.addBranch(id);
      if (command === "up") this.shift(id, -1);
      if (command === "down") this.shift(id, 1);
      if (command === "copy") this.copy(id);
      if (command === "remove") this.remove(id);
    },

    nameOf(part) {
      const { zh, en } = part.name ?? {};
      const own = page.language === "en" ? en || zh : zh;
      return (typeof own === "string" && own.trim()) || page.words.kinds[part.kind] || page.words.kinds.condition;
    },

    nameAbove(list, at) {
      if (at > 0) return this.nameOf(listAt(this.definition, list)[at - 1]);
      return this.nameOf(find(this.definition, list).branch);
    },

    isMovable(id) {
      const place = find(this.definition, id);
      return place.branch ? place.at < place.fork.branches.length - 1 : place.node.kind !== "start";
    },

    iconOf(kind) {
      return `${page.sprite}#${ICONS[kind] ?? ICONS.branch}`;
    },

    focusCard(id) {
      this.focusOnCanvas(`[data-focus="${CSS.escape(id)}"]`);
    },

    /** Once it is drawn. What was pressed may be gone by then, so `$root` would lead nowhere. */
    focusOnCanvas(selector) {
      this.$nextTick(() => {
        const found = root.querySelector(selector);
        found?.focus({ preventScroll: true });
        found?.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "smooth" });
      });
    },

    get problemsById() {
      const found = {};
      for (const { id, text } of this.answer.problems) (found[id] ??= []).push(text);
      return found;
    },
  };
}
