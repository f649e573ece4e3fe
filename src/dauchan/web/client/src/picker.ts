/** Picks a point: by a tap on the map, by the device's own position, or by typing two numbers. */
import { type Map as MapLibre, Marker } from "maplibre-gl";
import { colour } from "./colours.ts";
import { closeUp, mapIn } from "./map.ts";

const DECIMALS = 6;

interface Place {
  lat: number;
  lon: number;
}

class Picker {
  private readonly lat: HTMLInputElement;
  private readonly lon: HTMLInputElement;
  private readonly output: HTMLOutputElement | null;
  private marker: Marker | undefined;

  constructor(
    private readonly element: HTMLElement,
    private readonly map: MapLibre | undefined,
  ) {
    const [lat, lon] = element.querySelectorAll<HTMLInputElement>(".input-row input");
    if (!lat || !lon) throw new Error("a picker has two inputs");
    this.lat = lat;
    this.lon = lon;
    this.output = element.querySelector("output");
    for (const input of [lat, lon]) input.addEventListener("change", () => this.follow());
    map?.on("click", (event) => this.pick({ lat: event.lngLat.lat, lon: event.lngLat.lng }));
    const locate = element.querySelector<HTMLButtonElement>("[data-locate]");
    if (locate && "geolocation" in navigator) {
      locate.hidden = false;
      locate.addEventListener("click", () => this.locate(locate));
    }
    this.follow();
  }

  /** The marker goes where the numbers say. */
  private follow(): void {
    const place = { lat: Number(this.lat.value.replace(",", ".")), lon: Number(this.lon.value.replace(",", ".")) };
    if (!this.lat.value || !this.lon.value || Number.isNaN(place.lat + place.lon)) return;
    this.mark(place);
    this.goTo(place);
  }

  private goTo(place: Place): void {
    if (!this.map) return;
    const isSeen = this.map.getBounds().contains(place) && this.map.getZoom() >= closeUp(this.map.getContainer());
    if (!isSeen)
      this.map.jumpTo({ center: place, zoom: Math.max(this.map.getZoom(), closeUp(this.map.getContainer())) });
  }

  private pick(place: Place, remark = ""): void {
    this.lat.value = place.lat.toFixed(DECIMALS);
    this.lon.value = place.lon.toFixed(DECIMALS);
    this.lat.dispatchEvent(new Event("change", { bubbles: true }));
    this.say(remark || `${this.lat.value}, ${this.lon.value}`);
  }

  private mark(place: Place): void {
    this.say(`${place.lat.toFixed(DECIMALS)}, ${place.lon.toFixed(DECIMALS)}`);
    if (!this.map) return;
    if (!this.marker) {
      this.marker = new Marker({ draggable: true, color: colour("accent") }).setLngLat(place).addTo(this.map);
      const marker = this.marker;
      marker.on("dragend", () => this.pick({ lat: marker.getLngLat().lat, lon: marker.getLngLat().lng }));
    }
    this.marker.setLngLat(place);
  }

  private locate(button: HTMLButtonElement): void {
    const { denied, unavailable, found } = this.element.dataset;
    button.setAttribute("aria-busy", "true");
    const done = () => button.removeAttribute("aria-busy");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        done();
        const remark = (found ?? "").replace("{accuracy}", String(Math.round(coords.accuracy)));
        this.pick({ lat: coords.latitude, lon: coords.longitude }, remark);
      },
      (error) => {
        done();
        this.say((error.code === error.PERMISSION_DENIED ? denied : unavailable) ?? "");
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    );
  }

  private say(text: string): void {
    if (this.output) this.output.value = text;
  }
}

export default function mount(element: HTMLElement): void {
  const box = element.querySelector<HTMLElement>("[data-map]");
  const map = box ? mapIn(box) : undefined;
  if (map || !box) {
    new Picker(element, map);
    return;
  }
  // The map's own module may still be at work, or the browser may be unable to draw one.
  const timer = window.setTimeout(() => new Picker(element, undefined), 5000);
  box.addEventListener("map:ready", () => {
    window.clearTimeout(timer);
    new Picker(element, mapIn(box));
  });
}
