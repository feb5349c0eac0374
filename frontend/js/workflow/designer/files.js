// A definition as a file: out for a colleague or a repository, and back in.
export const LARGEST = 256 * 1024;

export function download(name, definition) {
  const text = `${JSON.stringify(definition, null, 2)}\n`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** `{definition}`, or `{wrong}`: "too_large", "not_json" or "not_a_definition". What it says is the server's to judge. */
export function readDefinition(text) {
  if (new Blob([text]).size > LARGEST) return { wrong: "too_large" };
  let definition;
  try {
    definition = JSON.parse(text);
  } catch {
    return { wrong: "not_json" };
  }
  const fits = definition && typeof definition === "object" && !Array.isArray(definition) && definition.v === 1;
  return fits ? { definition } : { wrong: "not_a_definition" };
}
