// Makes pages quicker to use; each works without it too.

import { followChanges } from "./changes.js";
import { followFrames } from "./frames.js";
import { followTables } from "./tables.js";
import { followText } from "./reading.js";

followChanges(document);
followFrames(document);
followTables(document);
followText(document);
// on a phone the tabs are wider than the screen
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
