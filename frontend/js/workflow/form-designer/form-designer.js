import { designing } from "../designer/designing.js";
import { place } from "../designer/place.js";

place("formDesigner", (page) => ({ ...designing(page) }));
