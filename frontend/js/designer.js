// The designers of forms, flows and assessment models: loaded on their pages only, after app.js has started Alpine.
import "./workflow/form-designer/form-designer.js";
import "./workflow/flow-designer/flow-designer.js";
import "./goals/model-designer/model-designer.js";
