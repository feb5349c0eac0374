// "@" in a textarea with data-mentions suggests people. Without a script @number and @name do the same.
import { PeopleList, written } from "./people-list.js";

const BEGUN = /@([^\s@（）()]{1,20})$/;

function upgrade(field) {
  field.setAttribute("data-upgraded", "");
  const list = new PeopleList(field, (person) => {
    const before = field.value.slice(0, field.selectionStart).replace(BEGUN, `@${written(person)} `);
    const after = field.value.slice(field.selectionEnd);
    field.value = before + after;
    field.setSelectionRange(before.length, before.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  field.addEventListener("input", () => {
    list.ask(BEGUN.exec(field.value.slice(0, field.selectionStart))?.[1] ?? "");
  });
}

document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("textarea[data-mentions]:not([data-upgraded])")) upgrade(event.target);
});
