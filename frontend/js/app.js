// The bundle every page loads. Pages work without it; each import adds one comfort.
import "htmx.org";
import Alpine from "@alpinejs/csp";

import "./chart-element.js";
import "./dialogs.js";
import "./dropping.js";
import "./menus.js";
import "./passkeys.js";
import "./polling.js";
import "./problems.js";
import "./search.js";
import "./submitting.js";
import "./tabs.js";
import "./theme.js";
import "./toasts.js";
import "./coaching/feedback.js";
import "./coaching/recordings.js";
import "./coaching/talk-notes.js";
import "./coaching/talk-timer.js";
import "./goals/agreements.js";
import "./goals/redesign.js";
import "./goals/objectives/map.js";
import "./goals/objectives/weights.js";
import "./goals/decomposition.js";
import "./insights/picture.js";
import "./insights/wall.js";
import "./workflow/filling.js";
import "./workflow/mentions.js";
import "./workflow/person-field.js";

// Islands with state register themselves with Alpine.data() in an import above this line; heavy ones that only some pages
// load (designer.js) do it later, before they put their markup in.
window.Alpine = Alpine;
Alpine.start();
