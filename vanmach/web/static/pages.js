// Makes pages quicker to use; each works without it too.

import { followChanges } from "./changes.js";
import { followTables } from "./tables.js";
import { followText } from "./reading.js";

followChanges(document);
followTables(document);
followText(document);
