/** What a camera noted in a JPEG (position, focal length), carried over into the smaller photo made of it. Pure. */

const START = 0xffd8;
const NOTES = 0xffe1;
const LETTERS = "Exif\0\0";
const UPRIGHT = 1;
const ORIENTATION = 0x0112;
const ENTRY_BYTES = 12;
const ENDS_HEADERS = 0xffda;

/** The segment with the camera's notes, its picture called upright; undefined where there is none. */
export function notesOf(file: ArrayBuffer): Uint8Array | undefined {
  const view = new DataView(file);
  if (view.byteLength < 4 || view.getUint16(0) !== START) return undefined;
  for (let at = 2; at + 4 <= view.byteLength; ) {
    const kind = view.getUint16(at);
    const length = view.getUint16(at + 2);
    if (kind === ENDS_HEADERS || kind < 0xff00 || at + 2 + length > view.byteLength) return undefined;
    const segment = new Uint8Array(file.slice(at, at + 2 + length));
    if (kind === NOTES && LETTERS === String.fromCharCode(...segment.subarray(4, 10))) return calledUpright(segment);
    at += 2 + length;
  }
  return undefined;
}

/** A canvas draws photos upright already; a reader must not turn them once more. */
function calledUpright(segment: Uint8Array): Uint8Array | undefined {
  const notes = new DataView(segment.buffer, segment.byteOffset + 10);
  try {
    const isLittle = notes.getUint16(0) === 0x4949;
    const first = notes.getUint32(4, isLittle);
    for (let entry = 0; entry < notes.getUint16(first, isLittle); entry += 1) {
      const at = first + 2 + entry * ENTRY_BYTES;
      if (notes.getUint16(at, isLittle) === ORIENTATION) notes.setUint16(at + 8, UPRIGHT, isLittle);
    }
    return segment;
  } catch {
    return undefined; // broken notes are no loss
  }
}

/** The photo with the notes put where a camera puts them. */
export function withNotes(photo: ArrayBuffer, notes: Uint8Array): Blob {
  const parts = [photo.slice(0, 2), notes.slice().buffer, photo.slice(2)];
  return new Blob(parts, { type: "image/jpeg" });
}
