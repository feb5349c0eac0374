// Builds accord/foundation/static/accord/dist/: six module bundles, one style sheet, the icon sprite, the licences, packed copies.
// Content hashes in file names are the business of Django's manifest storage, not ours.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "..", "accord", "foundation", "static", "accord", "dist");

async function bundle() {
  const result = await build({
    absWorkingDir: here,
    entryPoints: ["js/app.js", "js/charts.js", "js/designer.js", "js/coaching/recorder.js", "js/goals/workshop-board.js", "js/metrics/driver-tree-editor.js", "css/app.css"],
    entryNames: "[name]",
    outdir: dist,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome123", "firefox128", "safari17.5"],
    legalComments: "linked",
    metafile: true,
    logLevel: "warning",
  });
  return Object.keys(result.metafile.inputs);
}

/** The sprite: every name of icons.txt as one <symbol>, referenced by `{% icon %}`. */
async function sprite() {
  const names = (await readFile(join(here, "icons.txt"), "utf8"))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"));
  const symbols = await Promise.all(names.map(symbol));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
  await writeFile(join(dist, "icons.svg"), svg);
}

async function symbol(name) {
  const path = name.includes("/") ? name : `outline/${name}`;
  const source = await readFile(join(here, "node_modules", "@tabler", "icons", "icons", `${path}.svg`), "utf8");
  const drawing = source
    .replace(/^[\s\S]*?<svg[\s\S]*?>/, "")
    .replace("</svg>", "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z"[^>]*\/>/, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${name.replace("/", "-")}" viewBox="0 0 24 24">${drawing}</symbol>`;
}

/** The licence texts of every package that ends up in the bundles, in one file beside them. */
async function licences(inputs) {
  const bundled = inputs
    .map((input) => input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
    .filter(Boolean);
  const names = [...new Set([...bundled, "@tabler/icons"])].sort();
  const texts = await Promise.all(names.map(licence));
  await writeFile(join(dist, "LEGAL.txt"), texts.join("\n\n" + "=".repeat(80) + "\n\n"));
}

async function licence(name) {
  const folder = join(here, "node_modules", name);
  const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)(\.|$)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  if (!files.length) texts.push(await standardLicence(about));
  return [`${name} ${about.version} (${about.license})`, ...texts.map((text) => text.trim())].join("\n\n");
}

/** Some packages name the MIT licence without carrying its text, which it asks to be shipped. */
async function standardLicence(about) {
  if (about.license !== "MIT") throw new Error(`${about.name} carries no licence text`);
  const text = await readFile(join(here, "mit.txt"), "utf8");
  return text.replace("{holder}", about.author?.name ?? about.author ?? `the ${about.name} authors`);
}

/** Packed copies beside the files: whitenoise hands them to browsers that take them. */
async function pack() {
  const files = (await readdir(dist)).filter((file) => /\.(css|js|svg)$/.test(file));
  await Promise.all(files.map(async (file) => {
    const content = await readFile(join(dist, file));
    await writeFile(join(dist, `${file}.br`), await promisify(brotliCompress)(content));
    await writeFile(join(dist, `${file}.gz`), await promisify(gzip)(content, { level: 9 }));
  }));
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
const inputs = await bundle();
await Promise.all([sprite(), licences(inputs)]);
await pack();
