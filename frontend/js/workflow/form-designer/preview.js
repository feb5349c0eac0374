// The real form, rendered by the server from what is on the canvas, as one of its steps and at a width. It can be tried
// out: what is written goes along, and the server says which fields it shows. Nothing is kept.
import { ask } from "../designer/server.js";

const page = () => document.getElementById("preview-page");

function written() {
  const texts = [...new FormData(page())].filter(([, value]) => typeof value === "string");
  return new URLSearchParams(texts).toString();
}

export function preview({ addresses }) {
  return {
    preview: { step: "", width: window.matchMedia("(max-width: 767px)").matches ? "phone" : "desktop" },

    async showPreview() {
      const dialog = document.getElementById("form-preview");
      page().replaceChildren();
      dialog.showModal();
      await this.previewAs(this.definition.steps[0].key);
    },

    async previewAs(step) {
      this.preview.step = step;
      const { went, answer } = await ask(addresses.preview, { body: this.definition, step });
      if (went === "well") page().innerHTML = answer.html;
      else page().textContent = answer.error?.message ?? this.words[went];
    },

    async answerPreview() {
      const asked = { body: this.definition, step: this.preview.step, written: written() };
      const { went, answer } = await ask(addresses.preview, asked);
      if (went !== "well") return;
      const visible = new Set(answer.visible);
      for (const field of page().querySelectorAll("[data-field]")) field.hidden = !visible.has(field.dataset.field);
      for (const [key, value] of Object.entries(answer.values)) {
        const output = page().querySelector(`[data-field="${key}"] output`);
        if (output) output.textContent = value || "–";
      }
    },
  };
}
