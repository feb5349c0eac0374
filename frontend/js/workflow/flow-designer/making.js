// What a new part of a flow says, until somebody says better.
import { freshKey } from "./tree.js";

const ASKING = { approvers: [{ by: "manager", level: 1 }] };

const CONTENT = {
  approve: () => ({ ...ASKING, mode: "all", empty: { then: "administrator" }, may: ["transfer", "add", "return"] }),
  fill: () => ({ approvers: [{ by: "self" }] }),
  sign: () => ({ approvers: [{ by: "self" }, { by: "manager", level: 1 }], days: 7 }),
  cc: () => ({ approvers: [{ by: "hrbp" }] }),
  wait: () => ({ days: 1 }),
};

/** `names`: what each kind is called, in both languages; `steps`: the keys of the turns at the form. */
export function newNode(body, kind, { names, steps }) {
  const node = { kind, key: freshKey(body, kind === "branch" ? "fork" : kind), name: { ...names[kind] } };
  if (kind === "branch") return { ...node, branches: [newBranch(body, names.condition), otherwise(body, names.otherwise)] };
  const step = steps.find((each) => each !== "start");
  return { ...node, ...(kind === "fill" && step ? { step } : {}), ...CONTENT[kind]() };
}

export function newBranch(body, name) {
  return { key: freshKey(body, "way"), name: { ...name }, when: "", nodes: [] };
}

function otherwise(body, name) {
  return { key: freshKey(body, "otherwise"), name: { ...name }, nodes: [] };
}
