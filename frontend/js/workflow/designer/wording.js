// Sentences with places in braces, filled in: fill("{label} is now {place} of {count}", {…}).
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
