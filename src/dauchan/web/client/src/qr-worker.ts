/** Reads QR codes away from the page's own thread, so that the picture of the camera does not stutter. */
import { prepareZXingModule, purgeZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";

export interface Question {
  id: number;
  image: ImageData;
  /** A photograph is worth a second; a frame of a camera is followed by a better one. */
  tryHard: boolean;
}

export interface Answer {
  id: number;
  text: string | null;
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
  if (!(await ready())) return { id, text: null, unavailable: true };
  const options = { formats: ["QRCode" as const], maxNumberOfSymbols: 1, tryHarder: true, tryInvert: tryHard };
  const [found] = await readBarcodes(image, options).catch(() => []);
  return { id, text: found?.text ?? null };
}

void ready();

self.addEventListener("message", (event: MessageEvent<Question>) => {
  void answer(event.data).then((said) => self.postMessage(said));
});
