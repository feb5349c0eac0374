// The “+” between two cards: a small menu of what may come there.
import { insert, find } from "./tree.js";
import { newBranch, newNode } from "./making.js";

export function adding(page) {
  let gap = null;
  const menu = () => document.getElementById("flow-kinds");
  return {
    openKinds(button, list, at) {
      gap = { list, at };
      const box = menu();
      box.showPopover();
      const { left, top, bottom, width } = button.getBoundingClientRect();
      const { offsetWidth, offsetHeight } = box;
      const below = bottom + 8 + offsetHeight < window.innerHeight;
      box.style.left = `${Math.max(8, Math.min(left + width / 2 - offsetWidth / 2, window.innerWidth - offsetWidth - 8))}px`;
      box.style.top = `${Math.max(8, below ? bottom + 8 : top - 8 - offsetHeight)}px`;
      box.querySelector("[role=menuitem]").focus();
    },

    /** Escape is the browser's: it closes the menu and gives the focus back to the “+”. */
    walkKinds(event) {
      const items = [...menu().querySelectorAll("[role=menuitem]")];
      const at = items.indexOf(document.activeElement);
      const goal = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key];
      if (event.key === "Tab") menu().hidePopover();
      if (goal === undefined) return;
      event.preventDefault();
      items.at(goal % items.length).focus();
    },

    addNode(kind) {
      menu().hidePopover();
      const node = newNode(this.definition, kind, { names: page.names, steps: page.steps.map((step) => step.key) });
      this.change((body) => insert(body, gap.list, gap.at, node));
      this.select(node.key);
      this.focusCard(node.key);
    },

    addBranch(forkKey) {
      const { fork, branch } = { fork: find(this.definition, forkKey).node, branch: newBranch(this.definition, page.names.condition) };
      this.change(() => fork.branches.splice(fork.branches.length - 1, 0, branch));
      this.select(`${forkKey}/${branch.key}`);
      this.focusCard(this.selected);
    },
  };
}
