import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const WORTH_IT = /\.(js|css|svg|wasm)$/;
const SMALLEST = 1000;

/**
 * Writes each file a second and third time, compressed as far as it goes: phones on slow networks get those.
 * After the build has written its files, for until then other plugins may still change what is in them.
 */
export function compressed(): Plugin {
  return {
    name: "compressed",
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle).filter((fileName) => WORTH_IT.test(fileName))) {
        const path = join(dir ?? "", name);
        const content = readFileSync(path);
        if (content.length < SMALLEST) continue;
        const options = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(content, options));
      }
    },
  };
}
