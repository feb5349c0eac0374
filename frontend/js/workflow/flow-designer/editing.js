// What can be done with a card as a whole: moved by key or into a chosen gap, copied, removed with a way back.
import { announce } from "../designer/announce.js";
import { canShift, duplicate, find, moveToGap, neighbour, remove, shift } from "./tree.js";

export function editing(page) {
  const said = (sentence, part) => sentence.replace("%(name)s", part);
  return {
    cardKeys() {
      const onCard = (act) => () => {
        const id = document.activeElement?.closest(".flow-canvas [data-id]")?.dataset.id;
        return id && this.isEditable && this.isMovable(id) ? act(id) : false;
      };
      return {
        "alt+up": onCard((id) => this.shift(id, -1)),
        "alt+down": onCard((id) => this.shift(id, 1)),
        "mod+d": onCard((id) => this.copy(id)),
        delete: onCard((id) => this.remove(id)),
        escape: () => this.escape(),
      };
    },

    escape() {
      if (this.moving) return this.stopMoving();
      if (this.sheet) return this.closeSheet();
      if (!document.activeElement?.closest("#designer-settings")) return false;
      return this.focusCard(this.selected);
    },

    canShift(id, by) {
      return this.isMovable(id) && canShift(this.definition, id, by);
    },

    /** What moving the selected card back and on is called: branches change their rank, nodes their place. */
    get backWord() {
      return this.kind === "condition" ? page.words.earlier : page.words.up;
    },
    get onWord() {
      return this.kind === "condition" ? page.words.later : page.words.down;
    },

    shift(id, by) {
      if (!canShift(this.definition, id, by)) return;
      const isInSettings = document.activeElement?.closest("#designer-settings");
      const held = document.activeElement?.dataset.focus ?? id;
      this.change((body) => shift(body, id, by));
      this.selected = id;
      announce(said(this.whereabouts(id), this.nameOf(this.partAt(id))));
      if (!isInSettings) this.focusCard(held);
    },

    /** Where a card stands now, for those who cannot see it. */
    whereabouts(id) {
      const place = find(this.definition, id);
      if (place.branch) return page.words.moved_to_rank.replace("%(rank)s", place.at + 1);
      const above = place.at > 0 || place.list ? this.nameAbove(place.list, place.at) : "";
      return page.words.moved_after.replace("%(above)s", above);
    },

    copy(id) {
      let twin = "";
      this.change((body) => { twin = duplicate(body, id); });
      this.select(twin);
      this.focusCard(twin);
      announce(page.words.copied);
    },

    remove(id) {
      const name = this.nameOf(this.partAt(id));
      const next = neighbour(this.definition, id);
      this.change((body) => remove(body, id));
      this.select(this.partAt(next) ? next : this.definition.nodes[0].key);
      this.closeSheet();
      this.focusCard(this.selected);
      this.offerUndo(said(page.words.removed, name));
    },

    /** Every gap becomes a button; the next one pressed takes the card. */
    startMoving(id) {
      this.closeSheet();
      this.moving = id;
      announce(page.words.choose_gap);
      this.focusOnCanvas(".flow-goal");
    },

    stopMoving() {
      const id = this.moving;
      this.moving = null;
      this.focusCard(id);
    },

    placeHere(list, at) {
      const id = this.moving;
      this.moving = null;
      this.change((body) => moveToGap(body, id, list, at));
      announce(said(this.whereabouts(id), this.nameOf(this.partAt(id))));
      this.focusCard(id);
    },

    partAt(id) {
      const place = find(this.definition, id);
      return place?.branch ?? place?.node ?? null;
    },
  };
}
