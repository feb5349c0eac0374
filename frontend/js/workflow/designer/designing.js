// The draft as state and commands of an Alpine component; a designer spreads this and adds what its definition needs.
import { announce } from "./announce.js";
import { Draft } from "./draft.js";
import { download, readDefinition } from "./files.js";
import { askBeforeLeaving } from "./leaving.js";
import { ask } from "./server.js";
import { onShortcuts } from "./shortcuts.js";

const SNACK_STAYS = 8000;
const SMALL = window.matchMedia("(max-width: 1023px)");

/** Typing into one field is one step to undo; anything else is a step of its own. */
function topicOfFocus() {
  const field = document.activeElement;
  return field?.matches("textarea, input:not([type=checkbox], [type=radio])") ? field.id || field.name : null;
}

export function designing(page) {
  const draft = new Draft(page);
  let shown = null;
  let snackTimer;
  return {
    definition: draft.history.definition,
    words: page.words,
    isEditable: page.editable,
    answer: page.answer,
    state: "saved",
    isDirty: false,
    canUndo: false,
    canRedo: false,
    conflict: null,
    trouble: null,
    sheet: "",
    snack: "",
    importDraft: "",
    importWrong: "",

    init() {
      draft.addEventListener("change", () => this.follow());
      if (!page.editable) return;
      this.$watch("definition", (definition) => draft.record(definition, topicOfFocus()));
      askBeforeLeaving(() => this.isDirty);
      onShortcuts(this.$root, this.shortcuts());
    },

    /** Keys of the designer; a component may add its own to these. */
    shortcuts() {
      return {
        "mod+z": () => this.undo(),
        "mod+shift+z": () => this.redo(),
        "mod+y": () => this.redo(),
        "mod+s": () => this.save(),
        escape: () => (this.sheet ? this.closeSheet() : false),
      };
    },

    follow() {
      const { state, answer, conflict, trouble, history } = draft;
      if (conflict && conflict !== shown) this.$nextTick(() => this.showConflict());
      if (!conflict) document.getElementById("designer-conflict").close();
      shown = conflict;
      Object.assign(this, { state, answer, conflict, trouble, isDirty: history.isDirty });
      Object.assign(this, { canUndo: history.past.length > 0, canRedo: history.future.length > 0 });
    },

    /** A change that is one step by itself, whatever has the focus. */
    change(edit) {
      edit(this.definition);
      draft.record(this.definition);
    },

    undo() {
      if (draft.undo()) this.restore(this.words.undone);
    },

    redo() {
      if (draft.redo()) this.restore(this.words.redone);
    },

    async save() {
      draft.record(this.definition);
      await draft.save();
      if (this.state === "saved") announce(this.words.saved);
    },

    async keepMine() {
      draft.record(this.definition);
      await draft.keepMine();
    },

    takeTheirs() {
      draft.record(this.definition);
      draft.takeTheirs();
      this.restore(this.words.theirs_taken);
    },

    /** Puts the present of the history on the page. */
    restore(sentence) {
      this.definition = draft.history.definition;
      this.snack = "";
      this.restored();
      announce(sentence);
    },

    restored() {},

    /** Says what was done, with a button that takes it back; leaves by itself. */
    offerUndo(sentence) {
      this.snack = sentence;
      announce(sentence);
      clearTimeout(snackTimer);
      snackTimer = setTimeout(() => { this.snack = ""; }, SNACK_STAYS);
    },

    /** On a phone a side pane is a sheet over the canvas; on a wide screen it is there anyway. */
    openSheet(name) {
      this.sheetOpener = document.activeElement;
      this.sheet = name;
      if (SMALL.matches) this.$nextTick(() => document.getElementById(`designer-${name}`).focus());
    },

    closeSheet() {
      this.sheet = "";
      if (SMALL.matches) this.sheetOpener?.focus();
    },

    troubleTitle() {
      return this.trouble.message ?? this.words[this.trouble.went];
    },

    troubleHint() {
      return this.trouble.hint ?? this.words.kept_here;
    },

    showConflict() {
      const dialog = document.getElementById("designer-conflict");
      if (!dialog.open) dialog.showModal();
    },

    showImport() {
      Object.assign(this, { importDraft: "", importWrong: "" });
      document.getElementById("designer-import").showModal();
    },

    exportFile() {
      download(page.file_name, this.definition);
    },

    async readFile(event) {
      this.importDraft = (await event.target.files[0]?.text()) ?? "";
      event.target.value = "";
      this.importNow();
    },

    /** Takes a definition in once the server has understood it; otherwise says what is wrong with it. */
    async importNow() {
      const { definition, wrong } = readDefinition(this.importDraft);
      this.importWrong = this.words[wrong] ?? (await this.refusalOf(definition));
      if (this.importWrong) return;
      draft.record(definition);
      this.restore(this.words.imported);
      document.getElementById("designer-import").close();
    },

    async refusalOf(definition) {
      const { went, answer } = await ask(page.addresses.check, { body: definition });
      return went === "well" ? "" : (answer.error?.message ?? this.words[went]);
    },
  };
}
