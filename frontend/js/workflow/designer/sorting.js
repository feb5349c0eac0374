// Dragging with mouse and finger. Sortable shows where things would go; the DOM is put back as it was, because Alpine owns it.
import Sortable from "sortablejs";

import { FEEL } from "../../dragging.js";

/** Where the item being dragged stood, in whatever list that was. */
let next;

/** What hangs on the pointer is a copy outside of the designer: Alpine must not try to wake it. */
function leaveGhostAlone() {
  Sortable.ghost?.setAttribute("x-ignore", "");
}

/**
 * A list whose `draggable` children can be moved (by their `handle`, if given) and that takes parts from a palette of the same `group`.
 * `moved(from, to)` and `added(item, place)` count only draggable children. With `crossed(list, from, to)` things may also come out of
 * a sister list of the same group, which is handed over.
 */
export function sortable(list, { group, draggable, handle, moved, added, crossed }) {
  return Sortable.create(list, {
    ...FEEL,
    group: { name: group, pull: Boolean(crossed), put: true },
    draggable,
    handle,
    onStart({ item }) {
      next = item.nextSibling;
      leaveGhostAlone();
    },
    onUpdate({ item, oldDraggableIndex, newDraggableIndex }) {
      list.insertBefore(item, next);
      moved(oldDraggableIndex, newDraggableIndex);
    },
    onAdd({ item, clone, from, pullMode, oldDraggableIndex, newDraggableIndex }) {
      if (pullMode === "clone") {
        clone.replaceWith(item);
        added?.(item, newDraggableIndex);
      } else {
        from.insertBefore(item, next);
        crossed(from, oldDraggableIndex, newDraggableIndex);
      }
    },
  });
}

/** The list that parts are dragged out of; it keeps them all. */
export function palette(list, { group, draggable }) {
  const parts = { name: group, pull: "clone", put: false };
  // What is left behind for the time of the dragging is a copy too, and Alpine has nothing to say about it.
  const onClone = ({ clone }) => clone.setAttribute("x-ignore", "");
  return Sortable.create(list, { ...FEEL, group: parts, draggable, sort: false, onClone, onStart: leaveGhostAlone });
}
