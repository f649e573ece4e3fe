/** Reads QR codes away from the page's own thread, so that the picture of the camera does not stutter. */
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
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
}

prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });

self.addEventListener("message", (event: MessageEvent<Question>) => {
  const { id, image, tryHard } = event.data;
  const options = { formats: ["QRCode" as const], maxNumberOfSymbols: 1, tryHarder: true, tryInvert: tryHard };
  void readBarcodes(image, options).then(
    ([found]) => self.postMessage({ id, text: found?.text ?? null } satisfies Answer),
    () => self.postMessage({ id, text: null } satisfies Answer),
  );
});
