import { defineConfig } from "vite";
import { compressed } from "./build/compressed.ts";
import { iconSprite } from "./build/icon-sprite.ts";
import { phoneWorker } from "./build/phone-worker.ts";
import { withoutEval } from "./build/without-eval.ts";

export default defineConfig({
  // Relative: the bundle finds its own parts wherever static files are mounted.
  base: "./",
  publicDir: false,
  css: { transformer: "lightningcss" },
  build: {
    outDir: process.env.DAUCHAN_CLIENT_OUT ?? "../static/build",
    emptyOutDir: true,
    manifest: "manifest.json",
    // The oldest browsers that know cascade layers and <dialog>; light-dark() and nesting are written out for them.
    target: ["chrome99", "firefox114", "safari15.4"],
    cssTarget: ["chrome99", "firefox114", "safari15.4"],
    // A polyfill would be one more script on every page, for browsers that the target leaves out.
    modulePreload: { polyfill: false },
    assetsDir: "",
    assetsInlineLimit: 0,
    // The map alone is larger than the warning's bound; it is fetched only by pages with a map.
    chunkSizeWarningLimit: 1200,
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { public: "src/public.ts", console: "src/console.ts", living: "src/living.ts" },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  worker: { format: "es" },
  plugins: [withoutEval(), iconSprite(), phoneWorker(), compressed()],
});
