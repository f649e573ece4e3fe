import { join } from "node:path";
import { build, type Plugin } from "vite";

const SOURCE = join(import.meta.dirname, "../src/visitor/sw.ts");

/** Builds the service worker as one file of its own: browsers that know no modules in service workers are many. */
export function phoneWorker(): Plugin {
  return {
    name: "phone-worker",
    async generateBundle() {
      const made = await build({
        configFile: false,
        logLevel: "silent",
        build: {
          write: false,
          target: ["chrome99", "firefox114", "safari15.4"],
          rolldownOptions: { input: SOURCE, output: { format: "iife" } },
        },
      });
      const [chunk] = "output" in made ? made.output : [];
      if (chunk?.type !== "chunk") throw new Error("the service worker was not built");
      this.emitFile({ type: "asset", name: "sw.js", source: chunk.code });
    },
  };
}
