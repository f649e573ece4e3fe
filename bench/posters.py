"""What is read of photographs of posters, beside the readers that could do it alone: `python bench/posters.py [FOLDER …]`.

Photographs made to order (dauchan.simulation.photographs), each trouble turned up until readers fail; with folders of
other photographs, or those that lie beside the checkout, these too: each picture beside a .txt with its text, pictures
without one must give nothing. Every reader runs in a process of its own on one core. What was made is kept under
var/bench/posters; delete it to start anew.
"""

import json
import os
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from environments import VAR, peers_python
from PIL import Image
from poster_peers import READERS, measured

from dauchan.qr import Keyring, make_venue_code, venue_url
from dauchan.qr.photo_files import Photo
from dauchan.qr.photos import read_photo
from dauchan.simulation.photographs import Scene, photograph, varied
from dauchan.venues.posters import PosterFace, poster_pdf

HERE = Path(__file__).parent
MADE = VAR / "posters"
RING = Keyring(1, {1: b"k" * 32})
SIZE, LARGE = (1280, 960), (4000, 3000)
TIMES = 4
Told = dict[str, dict[str, Any]]

TROUBLES = {
    "new": [Scene()],
    "from aside": [Scene(yaw=yaw, pitch=20) for yaw in (40, 50, 60, 65)],
    "far away": [Scene(share=share) for share in (0.12, 0.1, 0.085, 0.075)],
    "out of focus": [Scene(focus=focus) for focus in (5, 6, 7, 8)],
    "shaken": [Scene(motion=motion) for motion in (14, 17, 20, 24)],
    "round a pillar": [Scene(bend=bend) for bend in (1.0, 1.4, 1.8, 2.1)],
    "glare": [Scene(glare=glare) for glare in (0.5, 0.7, 0.9)],
    "dirty": [Scene(dirt=dirt) for dirt in (0.05, 0.1, 0.15, 0.2)],
    "torn": [Scene(torn=torn) for torn in (0.5, 0.62, 0.7)],
    "at night": [Scene(light=light, noise=6) for light in (0.12, 0.08, 0.06)],
    "bleached": [Scene(fade=fade, noise=5) for fade in (0.8, 0.9, 0.94)],
    "in shadow": [Scene(shadow=shadow) for shadow in (0.7, 0.85, 0.93)],
    "small JPEG": [Scene(share=0.2, quality=quality) for quality in (12, 8, 5)],
    "several at once": [
        Scene(yaw=30, dirt=0.05, focus=3, light=0.4, share=0.45, quality=50),
        Scene(bend=1, motion=8, shadow=0.6, share=0.5, quality=50),
        Scene(pitch=35, fade=0.6, dirt=0.06, glare=0.5, quality=40),
        Scene(share=0.25, focus=1.5, light=0.15, quality=50, torn=0.4),
    ],
}
#: As a phone takes them: twelve million pixels, fair to middling.
ON_A_PHONE = [
    Scene(quality=88),
    Scene(share=0.3, yaw=25, quality=88),
    Scene(share=0.8, focus=4, quality=88),
    Scene(light=0.3, noise=6, quality=80),
    Scene(share=0.25, yaw=35, pitch=15, noise=5, quality=80),
    Scene(bend=0.7, dirt=0.03, quality=88),
    Scene(share=0.4, shadow=0.6, torn=0.4, quality=88),
    Scene(share=0.45, motion=9, quality=80),
]


def sheets() -> list[tuple[str, Image.Image]]:
    """Our own posters as pictures, with what they say."""
    made = []
    for number in range(1, 5):
        url = venue_url(make_venue_code(number, 1, RING), "https://quet.example.vn")
        place = (f"Cửa hàng tạp hóa số {number}", f"{number} Đường Thử, phường Thử", "Cửa hàng", url, "7KQ2-M9XD")
        committees = ("Ủy ban nhân dân tỉnh Thử", "Ủy ban nhân dân phường Thử")
        face = PosterFace(*place, 1, date(2021, 8, 20), *committees)
        page = pypdfium2.PdfDocument(poster_pdf([face], "a4"))[0]
        made.append((url, page.render(scale=4).to_pil().convert("L")))
    return made


def make() -> None:
    """Take the photographs, unless they were taken before."""
    if (MADE / "taken").exists():
        return
    print("Taking photographs … / Đang tạo ảnh …", file=sys.stderr)
    rng, papers = np.random.default_rng(11), sheets()
    for trouble, scenes in [*TROUBLES.items(), ("12 megapixels", ON_A_PHONE)]:
        large = trouble == "12 megapixels"
        folder = MADE / trouble
        folder.mkdir(parents=True, exist_ok=True)
        for number, scene in enumerate(scene for scene in scenes for _ in range(1 if large else TIMES)):
            url, paper = papers[rng.integers(len(papers))]
            photo = photograph([paper], [varied(scene, rng)], LARGE if large else SIZE, rng)
            photo.save(folder / f"{number:02}.{'jpg' if large else 'png'}", quality=90)
            (folder / f"{number:02}.txt").write_text(url, encoding="utf-8")
    (MADE / "taken").touch()


def read_here(path: Path) -> list[str]:
    return [code.text for code in read_photo(Photo.of_bytes(path.read_bytes()), None).codes]


def of_peer(name: str, folders: list[Path]) -> Told:
    print(f"{name} …", file=sys.stderr)
    words = [str(peers_python("posters")), str(HERE / "poster_peers.py"), name, *map(str, folders)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    told: Told = json.loads(done.stdout)
    return told


def of_ours(folders: list[Path]) -> Told:
    """In a process of its own too, as it binds itself to one core."""
    words = [sys.executable, str(HERE / "posters.py"), "--read", *map(str, folders)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    told: Told = json.loads(done.stdout)
    return told


def wanted_of(path: str) -> str | None:
    beside = Path(path).with_suffix(".txt")
    return beside.read_bytes().decode("utf-8") if beside.exists() else None


def row(reader: str, told: Told, columns: Iterable[str]) -> str:
    """Shares read by folder, then what was read wrongly, and the median time at twelve megapixels."""
    read, all_of, wrong = Counter[str](), Counter[str](), 0
    for path, found in told.items():
        wanted, folder = wanted_of(path), Path(path).parent.name
        all_of[folder] += 1
        read[folder] += wanted in found["texts"] if wanted else not found["texts"]
        wrong += len(set(found["texts"]) - {wanted})
    shares = " ".join(f"{read[name]:>3}/{all_of[name]:<3}" for name in columns)
    large = [found["ms"] for path, found in told.items() if Path(path).parent.name == "12 megapixels"]
    time = f"{statistics.median(large):4.0f} ms, {max(large):5.0f} at most" if large else ""
    return f"{reader:<26}{shares} | {sum(read.values()):4} of {sum(all_of.values())} | wrong {wrong} | {time}"


def beside() -> list[Path]:
    """The photographs that lie beside the checkout."""
    kept = (above / "shared/data/qr-photos" for above in HERE.parents)
    root = Path(os.environ.get("DAUCHAN_QR_PHOTOS") or next((path for path in kept if path.is_dir()), HERE / "none"))
    return sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []


def main(named: list[str]) -> None:
    make()
    folders = [*(MADE / name for name in [*TROUBLES, "12 megapixels"])]
    folders += [Path(name) for name in named] or beside()
    columns = [folder.name for folder in folders]
    for number, name in enumerate(columns, 1):
        print(f"{number:>2}  {name}")
    print(f"{'pictures rightly answered':<26}{' '.join(f'{number:^7}' for number in range(1, len(columns) + 1))}")
    for name in READERS:
        print(row(name, of_peer(name, folders), columns), flush=True)
    print(row("this project", of_ours(folders), columns))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        print(json.dumps(measured(read_here, [Path(name) for name in sys.argv[2:]])))
    else:
        main(sys.argv[1:])
