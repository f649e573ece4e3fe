/** Heavy parts, each fetched only by a page that shows it. */
import { enhanceLazily } from "./enhance.ts";

enhanceLazily("[data-map]", () => import("./map.ts"));
enhanceLazily("[data-picker]", () => import("./picker.ts"));
enhanceLazily("[data-zone-drawing]", () => import("./zone-drawing.ts"));
enhanceLazily("[data-chart]", () => import("./chart.ts"));
enhanceLazily("[data-scanner]", () => import("./scanner.ts"));
enhanceLazily("[data-gate]", () => import("./gate/gate-page.ts"));
enhanceLazily("[data-spread]", () => import("./spread.ts"));
enhanceLazily("[data-counting]", () => import("./counting/counting-page.ts"));
enhanceLazily("[data-blur-editor]", () => import("./blur-editor.ts"));
