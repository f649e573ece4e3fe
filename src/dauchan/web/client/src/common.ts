/** What every page has. */
import "../styles/main.css";
import "./htmx.ts";
import "./theme.ts";
import "./toast.ts";
import "./dialog.ts";
import "./tabs.ts";
import "./table.ts";
import "./form.ts";
import "./drawer.ts";
import "./combobox.ts";
import "./heavy.ts";
