// Fields of a form between page and store: an answer is a text, a list of texts, or texts by part (rows of them in a table).

/** The element around the field `key`. */
export function around(root, key) {
  return root.querySelector(`[data-field="${key}"]`);
}

const READ = {
  multi_choice: (place, key) => [...place.querySelectorAll(`[name="${key}"]:checked`)].map((box) => box.value),
  sbi: (place, key) => Object.fromEntries(
    [...place.querySelectorAll("textarea")].map((part) => [part.name.slice(key.length + 1), part.value]),
  ),
  table: (place) => rowsOf(place).map((row) => Object.fromEntries(cellsOf(row).map((cell) => [columnOf(cell), cell.value]))),
};

/** What stands in a field now. */
export function read(root, key) {
  const place = around(root, key);
  if (!place) return undefined;
  const special = READ[place.dataset.kind];
  if (special) return special(place, key);
  const radios = place.querySelectorAll('input[type="radio"]');
  if (radios.length) return [...radios].find((radio) => radio.checked)?.value ?? "";
  return place.querySelector(`[name="${key}"]`)?.value ?? "";
}

/** Put an answer into a field. */
export function write(root, key, answer) {
  const place = around(root, key);
  if (!place) return;
  const { kind } = place.dataset;
  if (kind === "multi_choice") {
    for (const box of place.querySelectorAll('input[type="checkbox"]')) box.checked = answer?.includes(box.value) ?? false;
  } else if (kind === "sbi") {
    for (const part of place.querySelectorAll("textarea")) part.value = answer?.[part.name.slice(key.length + 1)] ?? "";
  } else if (kind === "table") {
    writeRows(place, answer ?? []);
  } else {
    const radios = place.querySelectorAll('input[type="radio"]');
    for (const radio of radios) radio.checked = radio.value === String(answer ?? "");
    if (!radios.length) place.querySelector(`[name="${key}"]`).value = answer ?? "";
  }
}

/** The same text for answers that say the same: empty parts and rows say nothing. */
export function plain(answer) {
  return JSON.stringify(stripped(answer) ?? null);
}

function stripped(answer) {
  if (Array.isArray(answer)) {
    const kept = answer.map(stripped).filter((each) => each !== undefined);
    return kept.length ? kept : undefined;
  }
  if (answer && typeof answer === "object") {
    const kept = Object.entries(answer).map(([name, value]) => [name, stripped(value)]).filter((pair) => pair[1] !== undefined);
    return kept.length ? Object.fromEntries(kept.sort()) : undefined;
  }
  return answer === "" || answer === null ? undefined : answer;
}

function rowsOf(place) {
  return [...place.querySelectorAll("[data-row]")];
}

function cellsOf(row) {
  return [...row.querySelectorAll("input, select, textarea")];
}

function columnOf(cell) {
  return cell.name.split("-").at(-1);
}

function writeRows(place, answers) {
  while (rowsOf(place).length < answers.length) addRow(place);
  for (const [number, row] of rowsOf(place).entries()) {
    for (const cell of cellsOf(row)) cell.value = answers[number]?.[columnOf(cell)] ?? "";
  }
}

/** Another empty row, like the last one; returns it. Rows keep their numbers, gaps do no harm. */
export function addRow(place) {
  const count = place.querySelector("[data-row-count]");
  const last = rowsOf(place).at(-1);
  const row = last.cloneNode(true);
  const number = Number(count.value);
  for (const cell of cellsOf(row)) {
    const [table] = cell.name.split("-");
    cell.name = `${table}-${number}-${columnOf(cell)}`;
    cell.id = `f-${cell.name}`;
    cell.value = "";
    for (const name of ["data-upgraded", "aria-invalid", "aria-describedby"]) cell.removeAttribute(name);
  }
  for (const list of row.querySelectorAll(".errorlist, .people-list")) list.remove();
  row.setAttribute("aria-label", row.getAttribute("aria-label").replace(/\d+/, number + 1));
  count.value = number + 1;
  last.after(row);
  return row;
}

document.addEventListener("click", (event) => {
  const adds = event.target.closest("[data-add-row]");
  const drops = event.target.closest("[data-drop-row]");
  const place = (adds ?? drops)?.closest("[data-filling] [data-field]");
  if (!place) return;
  event.preventDefault();
  if (adds) {
    cellsOf(addRow(place))[0].focus();
  } else if (rowsOf(place).length > 1) {
    drops.closest("[data-row]").remove();
    (cellsOf(rowsOf(place).at(-1))[0]).focus();
  } else {
    for (const cell of cellsOf(drops.closest("[data-row]"))) cell.value = "";
  }
  place.dispatchEvent(new Event("input", { bubbles: true }));
});
