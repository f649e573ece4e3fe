/** Three sounds that differ in pitch, length and rhythm, so that a keeper need not look. */
export type Tone = "good" | "caution" | "critical";

/** Pitch in hertz and length in seconds of each note. */
const NOTES: Record<Tone, [number, number][]> = {
  good: [
    [880, 0.1],
    [1320, 0.18],
  ],
  caution: [
    [620, 0.15],
    [620, 0.15],
  ],
  critical: [
    [220, 0.25],
    [180, 0.25],
    [150, 0.4],
  ],
};
const GAP = 0.04;
const LOUDNESS = 0.35;

let context: AudioContext | undefined;

/** Browsers let a page make sounds only after somebody has touched it. */
export function allowSounds(): void {
  context ??= new AudioContext();
  void context.resume();
}

export function play(tone: Tone): void {
  if (context?.state !== "running") return;
  let at = context.currentTime;
  for (const [pitch, length] of NOTES[tone]) {
    const note = context.createOscillator();
    const volume = context.createGain();
    note.frequency.value = pitch;
    note.type = tone === "critical" ? "square" : "sine";
    volume.gain.value = LOUDNESS;
    note.connect(volume).connect(context.destination);
    note.start(at);
    note.stop(at + length);
    at += length + GAP;
  }
}
