import { enhance } from "./enhance.ts";
import { notesOf, withNotes } from "./exif.ts";

const LONGEST_SIDE = 1600;
const QUALITY = 0.85;
const SMALL_ENOUGH = 400_000;

/** A photo as the server would keep it anyway, so that a slow network carries kilobytes and not megabytes. */
async function shrunk(file: File, longestSide: number, keepsNotes: boolean): Promise<File> {
  if (file.size <= SMALL_ENOUGH || !file.type.startsWith("image/")) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  if (!pen) return file;
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  let blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  const notes = keepsNotes ? notesOf(await file.arrayBuffer()) : undefined;
  if (blob && notes) blob = withNotes(await blob.arrayBuffer(), notes);
  return blob && blob.size < file.size ? new File([blob], `${file.name}.jpg`, { type: blob.type }) : file;
}

/** What this browser cannot read goes as it is: the server says what is wrong with it. */
async function shrunkOrSame(file: File, longestSide: number, keepsNotes: boolean): Promise<File> {
  try {
    return await shrunk(file, longestSide, keepsNotes);
  } catch {
    return file;
  }
}

/**
 * `<input type="file" data-shrinks="1600">`: photos are made smaller before they are sent; a form sent meanwhile waits.
 * With `data-keeps-exif` the camera's notes go along.
 */
enhance("input[type=file][data-shrinks]", (element) => {
  const input = element as HTMLInputElement;
  const longestSide = Number(input.dataset["shrinks"]) || LONGEST_SIDE;
  let work: Promise<void> | undefined;
  let turn = 0;
  const keepsNotes = "keepsExif" in input.dataset;
  const shrink = async (mine: number) => {
    const chosen = [...(input.files ?? [])];
    const files = await Promise.all(chosen.map((file) => shrunkOrSame(file, longestSide, keepsNotes)));
    if (turn !== mine) return; // other files have been chosen since
    const carrier = new DataTransfer();
    for (const file of files) carrier.items.add(file);
    input.files = carrier.files;
    work = undefined;
  };
  input.addEventListener("change", () => {
    turn += 1;
    work = shrink(turn);
  });
  input.form?.addEventListener("submit", (event) => {
    if (!work) return;
    event.preventDefault();
    const button = (event as SubmitEvent).submitter;
    button?.setAttribute("aria-busy", "true");
    void work.then(() => {
      button?.removeAttribute("aria-busy");
      input.form?.requestSubmit(button);
    });
  });
});
