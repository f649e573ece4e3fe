/** Reads QR codes away from the page's own thread, so that the picture of the camera does not stutter. */
import { prepareZXingModule, purgeZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";

export interface Question {
  id: number;
  image: ImageData;
  /** A photograph is worth a second, and several posters may hang on it; a frame of a camera is followed by a better one. */
  tryHard: boolean;
}

const MOST_ON_A_WALL = 8;

export interface Answer {
  id: number;
  /** What each code says. */
  texts: string[];
  /** The engine could not be loaded: the network went away just then. The next question loads it anew. */
  unavailable?: true;
}

/** Loaded once; a load that failed is forgotten, so that it can be tried again. */
async function ready(): Promise<boolean> {
  try {
    await prepareZXingModule({
      overrides: { locateFile: () => wasmUrl },
      equalityFn: () => true,
      fireImmediately: true,
    });
    return true;
  } catch {
    purgeZXingModule();
    return false;
  }
}

async function answer({ id, image, tryHard }: Question): Promise<Answer> {
  if (!(await ready())) return { id, texts: [], unavailable: true };
  const most = tryHard ? MOST_ON_A_WALL : 1;
  const options = { formats: ["QRCode" as const], maxNumberOfSymbols: most, tryHarder: true, tryInvert: tryHard };
  const found = await readBarcodes(image, options).catch(() => []);
  return { id, texts: [...new Set(found.map((one) => one.text))] };
}

void ready();

self.addEventListener("message", (event: MessageEvent<Question>) => {
  void answer(event.data).then((said) => self.postMessage(said));
});
