// The real form, rendered by the server from what is on the canvas, as one of its steps and at a width.
import { ask } from "../designer/server.js";

export function preview({ addresses }) {
  return {
    preview: { step: "start", width: "desktop" },

    async showPreview() {
      document.getElementById("form-preview").showModal();
      await this.previewAs(this.definition.steps[0].key);
    },

    async previewAs(step) {
      this.preview.step = step;
      const { went, answer } = await ask(addresses.preview, { body: this.definition, step });
      const page = document.getElementById("preview-page");
      if (went === "well") page.innerHTML = answer.html;
      else page.textContent = answer.error?.message ?? this.words[went];
    },
  };
}
