// Fields as plain JSON: made, copied, renamed. Nothing in here touches the page.
const KEY = /^[a-z][a-z0-9_]{0,39}$/;
/** Kinds that only show something: nobody is asked for an answer. */
export const SILENT = new Set(["heading", "calculated", "metric"]);
/** What a condition may ask about a field of a kind (see SIGNS in conditions.js). */
const ASKED_AS = {
  text: "text", long_text: "text", number: "number", rating: "number", calculated: "number", metric: "number", choice: "choice",
  multi_choice: "list", date: "date", person: "presence", org_unit: "presence", table: "presence", attachment: "presence", sbi: "presence",
};
/** Kinds a column of a table may have. */
export const COLUMN_KINDS = ["text", "number", "choice", "date", "person"];

export function askedAs(field) {
  return ASKED_AS[field?.kind] ?? null;
}

/** A key nothing in `taken` has: `score`, `score_2`, `score_3`. */
export function freshKey(stem, taken) {
  const used = new Set(taken);
  if (!used.has(stem)) return stem;
  let number = 2;
  while (used.has(`${stem.slice(0, 36)}_${number}`)) number += 1;
  return `${stem.slice(0, 36)}_${number}`;
}

/** Why `key` cannot be the key of a field, or "". */
export function wrongKey(key, taken) {
  if (!KEY.test(key)) return "key_shape";
  return taken.includes(key) ? "key_taken" : "";
}

/** A new field of a kind, ready to be filled in: what it needs to be valid is there. */
export function newField(kind, taken, starters) {
  const field = { key: freshKey(kind, taken), kind, label: both(starters.labels[kind]), required: false, core: true };
  return Object.assign(field, own(kind, starters));
}

function own(kind, starters) {
  switch (kind) {
    case "choice":
    case "multi_choice":
      return { options: [1, 2, 3].map((number) => newOption(number, starters)) };
    case "rating":
      return { anchors: starters.anchors.map((label, at) => ({ value: at + 1, label: both(label) })) };
    case "table":
      return { columns: ["text", "number"].map((column, at) => newColumn(column, at ? ["text"] : [], starters)) };
    case "metric":
      return { metric: "", period: "month" };
    case "calculated":
      return { formula: "" };
    case "heading":
      return { level: 1 };
    default:
      return {};
  }
}

export function newOption(number, starters) {
  return { value: `option_${number}`, label: numbered(starters.option, number) };
}

/** The next option of a list: neither its value nor its number is taken. */
export function nextOption(options, starters) {
  const value = freshKey(`option_${options.length + 1}`, options.map((option) => option.value));
  return { value, label: numbered(starters.option, options.length + 1) };
}

export function nextAnchor(anchors) {
  const last = anchors.at(-1)?.value ?? 0;
  return { value: last + 1, label: { zh: String(last + 1) } };
}

export function newColumn(kind, taken, starters) {
  const column = { key: freshKey(kind, taken), kind, label: both(starters.labels[kind]) };
  return kind === "choice" ? { ...column, options: [1, 2].map((number) => newOption(number, starters)) } : column;
}

export function newStep(taken, starters) {
  return { key: freshKey("step", taken), label: both(starters.step) };
}

/** The same again under a key of its own. */
export function copyOf(field, taken, starters) {
  const copy = JSON.parse(JSON.stringify(field));
  copy.key = freshKey(field.key.replace(/_\d+$/, ""), taken);
  for (const language of Object.keys(copy.label)) copy.label[language] += starters.copy[language];
  return copy;
}

/** `expression` with one name exchanged for another, text in quotes left alone. */
export function renamed(expression, from, to) {
  return expression.replace(/'[^']*'|"[^"]*"|[A-Za-z_][\w.]*/g, (token) => (token === from ? to : token));
}

/** A list with the item at `from` moved to `to`. */
export function moved(list, from, to) {
  const result = [...list];
  result.splice(to, 0, ...result.splice(from, 1));
  return result;
}

function both(label) {
  return { ...label };
}

function numbered(label, number) {
  return Object.fromEntries(Object.entries(label).map(([language, text]) => [language, `${text} ${number}`]));
}
