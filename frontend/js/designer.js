// The designers of forms and flows: loaded on their pages only, after app.js has started Alpine.
import "./workflow/form-designer/form-designer.js";
import "./workflow/flow-designer/flow-designer.js";
