// Conditions as rows of "name, sign, value", joined by one word; what has another shape is written freely.
const JOINED = { and: /\s+(?:and|且)\s+/i, or: /\s+(?:or|或)\s+/i };
const NAME = "[A-Za-z_][\\w.]*";
const VALUE = "-?\\d+(?:\\.\\d+)?|'[^']*'|\"[^\"]*\"|true|false";
const COMPARED = new RegExp(`^(${NAME})\\s*(<=|>=|!=|<>|==|=|<|>)\\s*(${VALUE})$`);
const CALLED = new RegExp(`^(not\\s+)?(contains|empty)\\(\\s*(${NAME})\\s*(?:,\\s*(${VALUE})\\s*)?\\)$`);
const SAME = { "==": "=", "<>": "!=" };

/** Which signs make sense for a kind of value. */
export const SIGNS = {
  number: ["<", "<=", ">", ">=", "=", "!=", "empty", "filled"],
  text: ["=", "!=", "contains", "lacks", "empty", "filled"],
  choice: ["=", "!=", "empty", "filled"],
  list: ["contains", "lacks", "empty", "filled"],
  presence: ["empty", "filled"],
  date: ["<", "<=", ">", ">=", "=", "empty", "filled"],
  truth: ["="],
};
export const NEEDS_NO_VALUE = new Set(["empty", "filled"]);

/** `{joined, rows}` of an expression, or null where it is more than rows can say. */
export function readRows(expression) {
  const text = expression.trim();
  if (!text) return { joined: "and", rows: [] };
  for (const [joined, between] of Object.entries(JOINED)) {
    const rows = splitOutsideQuotes(text, between).map(readRow);
    if (rows.every(Boolean)) return { joined, rows };
  }
  return null;
}

function splitOutsideQuotes(text, between) {
  const kept = [];
  const blank = text.replace(/'[^']*'|"[^"]*"/g, (quoted) => `\u0001${kept.push(quoted) - 1}\u0001`);
  return blank.split(between).map((part) => part.replace(/\u0001(\d+)\u0001/g, (_, at) => kept[at]).trim());
}

function readRow(text) {
  const compared = COMPARED.exec(text);
  if (compared) return { name: compared[1], sign: SAME[compared[2]] ?? compared[2], value: unquoted(compared[3]) };
  const called = CALLED.exec(text);
  if (!called) return null;
  const [, not, what, name, value] = called;
  if (what === "empty" && value === undefined) return { name, sign: not ? "filled" : "empty", value: "" };
  return what === "contains" && value !== undefined ? { name, sign: not ? "lacks" : "contains", value: unquoted(value) } : null;
}

/** The expression of rows; rows without a name or value are left out until they have one. */
export function writeRows({ joined, rows }, kindOf) {
  return rows.map((row) => writeRow(row, kindOf(row.name))).filter(Boolean).join(` ${joined} `);
}

function writeRow({ name, sign, value }, kind) {
  if (!name) return "";
  if (sign === "empty") return `empty(${name})`;
  if (sign === "filled") return `not empty(${name})`;
  const said = String(value).trim();
  if (!said) return "";
  const written = kind === "number" || kind === "truth" ? said : quoted(said);
  if (sign === "contains") return `contains(${name}, ${written})`;
  if (sign === "lacks") return `not contains(${name}, ${written})`;
  return `${name} ${sign} ${written}`;
}

function quoted(text) {
  return text.includes("'") ? `"${text.replaceAll('"', "")}"` : `'${text}'`;
}

function unquoted(text) {
  return /^['"]/.test(text) ? text.slice(1, -1) : text;
}
