/** Photos of a record: made small and without metadata on the phone, kept sealed, shown from there. */
import { notesOf, withNotes } from "../exif.ts";
import { uuid7 } from "../visitor/uuid7.ts";
import { dropPhoto, keepPhoto, photoKept } from "./kept.ts";

const LONGEST_SIDE = 1600;
/** A code keeps its modules. */
export const POSTER_SIDE = 2400;
const QUALITY = 0.85;

/** Keeps a photo; its name. Rejects what is no picture. */
export async function take(file: Blob, longestSide = LONGEST_SIDE): Promise<string> {
  const id = uuid7();
  await keepPhoto(id, await smaller(file, longestSide));
  return id;
}

/** With the camera's notes, for whoever reads the position and size of a poster from it. */
export async function takePoster(file: Blob): Promise<string> {
  const id = uuid7();
  const notes = notesOf(await file.arrayBuffer());
  const small = await smaller(file, POSTER_SIDE);
  await keepPhoto(id, notes ? withNotes(await small.arrayBuffer(), notes) : small);
  return id;
}

async function smaller(file: Blob, longestSide: number): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new DOMException("no canvas", "NotSupportedError");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const small = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!small) throw new DOMException("no picture", "EncodingError");
  return small;
}

/** Shows kept photos in *list*; *onRemove* is told of one that was taken out, after it has gone from the phone. */
export async function show(
  list: Element,
  ids: readonly string[],
  template: HTMLTemplateElement,
  onRemove: (id: string) => void,
): Promise<void> {
  const items = await Promise.all(ids.map((id) => item(id, template, onRemove)));
  for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  list.replaceChildren(...items.filter((one) => one !== undefined));
}

async function item(
  id: string,
  template: HTMLTemplateElement,
  onRemove: (id: string) => void,
): Promise<Element | undefined> {
  const photo = await photoKept(id);
  const element = (template.content.cloneNode(true) as DocumentFragment).firstElementChild;
  const image = element?.querySelector("img");
  if (!photo || !element || !image) return undefined;
  image.src = URL.createObjectURL(photo);
  element.querySelector("[data-remove-picture]")?.addEventListener("click", () => {
    void dropPhoto(id).then(() => onRemove(id));
  });
  return element;
}
