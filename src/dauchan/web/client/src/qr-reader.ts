import type { Answer, Question } from "./qr-worker.ts";

const LONGEST_SIDE_OF_A_FRAME = 1280;
const LONGEST_SIDE_OF_A_PHOTO = 2400;
const PHOTO_QUALITY = 0.9;

/** The part that reads codes could not be fetched. */
export class ReaderUnavailable extends Error {}

interface Asker {
  resolve(texts: string[]): void;
  reject(error: Error): void;
}

/** One worker for the page; questions wait for it in turn. They are rejected with ReaderUnavailable. */
export class QrReader {
  private readonly worker = new Worker(new URL("./qr-worker.ts", import.meta.url), { type: "module" });
  private readonly canvas = document.createElement("canvas");
  private readonly waiting = new Map<number, Asker>();
  private lastId = 0;

  constructor() {
    this.worker.addEventListener("message", (event: MessageEvent<Answer>) => {
      const { id, texts, unavailable } = event.data;
      const asker = this.waiting.get(id);
      this.waiting.delete(id);
      if (unavailable) asker?.reject(new ReaderUnavailable());
      else asker?.resolve(texts);
    });
  }

  async readFrame(video: HTMLVideoElement): Promise<string | null> {
    const [text] = await this.read(video, video.videoWidth, video.videoHeight, LONGEST_SIDE_OF_A_FRAME, false);
    return text ?? null;
  }

  /** The picture that was read last, as a photograph; null before the first. */
  lastPicture(): Promise<Blob | null> {
    if (!this.canvas.width) return Promise.resolve(null);
    return new Promise((resolve) => this.canvas.toBlob(resolve, "image/jpeg", PHOTO_QUALITY));
  }

  /** The texts of all codes in a photograph. Rejects what is no picture. */
  async readPhoto(file: Blob): Promise<string[]> {
    const picture = await createImageBitmap(file);
    return this.read(picture, picture.width, picture.height, LONGEST_SIDE_OF_A_PHOTO, true);
  }

  private async read(
    source: CanvasImageSource,
    width: number,
    height: number,
    limit: number,
    tryHard: boolean,
  ): Promise<string[]> {
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    if (!context || width === 0 || height === 0) return [];
    const scale = Math.min(1, limit / Math.max(width, height));
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    context.drawImage(source, 0, 0, this.canvas.width, this.canvas.height);
    const image = context.getImageData(0, 0, this.canvas.width, this.canvas.height);
    this.lastId += 1;
    const question: Question = { id: this.lastId, image, tryHard };
    return new Promise((resolve, reject) => {
      this.waiting.set(question.id, { resolve, reject });
      this.worker.postMessage(question, [image.data.buffer]);
    });
  }
}
