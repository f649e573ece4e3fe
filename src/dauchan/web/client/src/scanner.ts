/** The camera as a reader of QR codes; where there is none, a photograph; and the page's own field for typing. */
import { QrReader, ReaderUnavailable } from "./qr-reader.ts";

type Message =
  | "starting"
  | "looking"
  | "read"
  | "noCode"
  | "denied"
  | "absent"
  | "busy"
  | "insecure"
  | "failed"
  | "noReader";

/** What the browser calls its refusals, in our words. */
const REFUSALS: Record<string, Message> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "absent",
  OverconstrainedError: "absent",
  NotReadableError: "busy",
  AbortError: "busy",
};
const SAME_CODE_AGAIN_MS = 3000;
const BETWEEN_FRAMES_MS = 60;
const READER_AGAIN_MS = 2000;
const CAMERA = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } };

class Scanner {
  private readonly reader = new QrReader();
  private readonly video: HTMLVideoElement;
  private readonly status: HTMLElement;
  private stream: MediaStream | undefined;
  private lastText = "";
  private lastAt = 0;

  constructor(private readonly element: HTMLElement) {
    this.video = element.querySelector("video") as HTMLVideoElement;
    this.status = element.querySelector(".scanner-status") as HTMLElement;
    element.querySelector("[data-start]")?.addEventListener("click", () => void this.start());
    element.querySelector("[data-torch]")?.addEventListener("click", (event) => void this.switchTorch(event));
    const photo = element.querySelector<HTMLInputElement>("[data-photo]");
    photo?.addEventListener("change", () => void this.readPhoto(photo));
    element.addEventListener("scanner:resume", () => void this.start());
    element.addEventListener("scanner:forget", () => {
      this.lastText = "";
    });
    // A camera left on behind the page empties the battery.
    window.addEventListener("pagehide", () => this.stop());
    document.addEventListener("visibilitychange", () => document.hidden && this.stop());
  }

  async startIfAllowed(): Promise<void> {
    if (this.element.hasAttribute("data-autostart")) return this.start();
    const permission = await navigator.permissions?.query({ name: "camera" as PermissionName }).catch(() => null);
    if (permission?.state === "granted") await this.start();
  }

  private async start(): Promise<void> {
    if (this.stream) return;
    if (!navigator.mediaDevices?.getUserMedia) {
      this.say(window.isSecureContext ? "absent" : "insecure", "refused");
      return;
    }
    this.say("starting", "starting");
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: CAMERA, audio: false });
      this.video.srcObject = this.stream;
      await this.video.play();
    } catch (error) {
      this.stop();
      this.say(REFUSALS[error instanceof DOMException ? error.name : ""] ?? "failed", "refused");
      return;
    }
    this.say("looking", "looking");
    this.offerTorch();
    void this.look();
  }

  /** One frame after another, as fast as the reader answers. */
  private async look(): Promise<void> {
    let isWithout = false;
    while (this.stream) {
      const text = await this.reader.readFrame(this.video).catch(() => undefined);
      if (this.stream && isWithout !== (text === undefined)) {
        isWithout = !isWithout;
        this.say(isWithout ? "noReader" : "looking", "looking");
      }
      if (text && this.stream) this.take([text]);
      const pause = isWithout ? READER_AGAIN_MS : BETWEEN_FRAMES_MS;
      await new Promise((resolve) => window.setTimeout(resolve, pause));
    }
  }

  private take(texts: readonly string[]): void {
    const text = texts[0] ?? "";
    const isContinuous = this.element.hasAttribute("data-continuous");
    const isSame = text === this.lastText && Date.now() - this.lastAt < SAME_CODE_AGAIN_MS;
    this.lastText = text;
    this.lastAt = Date.now();
    if (isContinuous && isSame) return;
    if (!isContinuous) this.stop();
    this.say("read", isContinuous ? "looking" : "read");
    navigator.vibrate?.(80);
    this.element.dispatchEvent(
      new CustomEvent("scanned", { detail: { text, texts, photo: () => this.reader.lastPicture() }, bubbles: true }),
    );
    const input = document.getElementById(this.element.dataset["into"] ?? "");
    if (!(input instanceof HTMLInputElement)) return;
    input.value = text;
    input.form?.requestSubmit();
  }

  private async readPhoto(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    const texts = await this.reader.readPhoto(file).catch((error: unknown) => error);
    if (Array.isArray(texts) && texts.length) this.take(texts);
    else this.say(texts instanceof ReaderUnavailable ? "noReader" : "noCode", "refused");
  }

  private stop(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
    this.video.srcObject = null;
    if (this.element.dataset["state"] === "looking") this.show("idle");
  }

  private torchTrack(): MediaStreamTrack | undefined {
    const track = this.stream?.getVideoTracks()[0];
    const abilities = track?.getCapabilities?.() as { torch?: boolean } | undefined;
    return abilities?.torch ? track : undefined;
  }

  private offerTorch(): void {
    const button = this.element.querySelector<HTMLElement>("[data-torch]");
    if (button) button.hidden = !this.torchTrack();
  }

  private async switchTorch(event: Event): Promise<void> {
    const button = event.currentTarget as HTMLElement;
    const isOn = button.getAttribute("aria-pressed") !== "true";
    await this.torchTrack()?.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] });
    button.setAttribute("aria-pressed", String(isOn));
  }

  private say(message: Message, state: string): void {
    this.status.textContent = this.element.dataset[message] ?? "";
    this.show(state);
  }

  private show(state: string): void {
    this.element.dataset["state"] = state;
    const isLive = state === "looking" || state === "read";
    this.video.hidden = state !== "looking";
    this.element.querySelector<SVGElement>(".finder")?.toggleAttribute("hidden", !isLive);
    this.element
      .querySelector(".scanner-start")
      ?.toggleAttribute("hidden", state === "looking" || state === "starting");
    if (!isLive) this.element.querySelector("[data-torch]")?.toggleAttribute("hidden", true);
  }
}

export default function mount(element: HTMLElement): void {
  void new Scanner(element).startIfAllowed();
}
