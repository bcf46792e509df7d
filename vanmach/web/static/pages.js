// Makes pages quicker to use; each works without it too.

import { followTables } from "./tables.js";
import { followText } from "./reading.js";

followTables(document);
followText(document);
