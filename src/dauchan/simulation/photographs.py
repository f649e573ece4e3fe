"""Photographs of posters made to order: the camera's place, the wall, the weather of years, the hand that shook.

For measuring readers and for trying them in tests, never for training one: each trouble is drawn from its physics
and turned up until readers fail.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Plane = NDArray[np.floating[Any]]

_FOCAL = 0.72  # of the longer side, as on the main camera of most phones (26 mm on 36 mm film)
_WALL = 0.62


@dataclass(frozen=True)
class Scene:
    """How a sheet hangs and how it is photographed. The defaults are a fair picture of a new poster.

    Attributes:
        share: Width of the sheet as a share of the photo's shorter side, seen straight on.
        yaw, pitch, roll: Turns of the sheet about its upright, its level and the camera's axis, in degrees.
        bend: Width of the sheet as a share of the radius of the pillar it is glued to; 0 hangs flat.
        across: Middle of the sheet, in shares of the photo's shorter side right of and below the photo's middle.
        fade: How much of the ink has gone, 0 to 1.
        dirt: Share of the sheet under spots and streaks, 0 to 1.
        torn: Side of the corner that is torn off (the lower right one), as a share of the sheet's width.
        light: Mean brightness, 1 by day; noise grows as it falls.
        shadow: How dark the shadow over half of the sheet is, 0 to 1.
        glare: Strength of a lamp's reflection on the sheet, 0 to 1.
        focus: Radius of the blur out of focus, in pixels.
        motion: Length of the streak of a shaking hand, in pixels.
        noise: Spread of the sensor's noise by day, 0 to 255.
        quality: Of the JPEG; 0 leaves the photo as it is.
    """

    share: float = 0.6
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    bend: float = 0.0
    across: tuple[float, float] = (0.0, 0.0)
    fade: float = 0.0
    dirt: float = 0.0
    torn: float = 0.0
    light: float = 1.0
    shadow: float = 0.0
    glare: float = 0.0
    focus: float = 0.0
    motion: float = 0.0
    noise: float = 3.0
    quality: int = 0


def photograph(
    sheets: Sequence[Image.Image], scenes: Sequence[Scene], size: tuple[int, int], rng: np.random.Generator
) -> Image.Image:
    """A grey photo, `size` wide and high, of all *sheets*, each hanging as its scene says; the first scene tells the camera."""
    seen = _wall(size, rng)
    for sheet, scene in zip(sheets, scenes, strict=True):
        seen = _hung(seen, sheet, scene, rng)
    camera = scenes[0]
    seen = _lit(seen, camera, rng)
    seen = _shaken(_pixels(_picture(seen).filter(ImageFilter.GaussianBlur(camera.focus))), camera.motion, rng)
    spread = camera.noise * (1 + 2.5 * (1 / max(camera.light, 0.05) - 1) ** 0.5) * min(1.0, camera.light * 2)
    seen = seen + rng.normal(0, spread / 255, seen.shape).astype(np.float32)
    return _compressed(_picture(seen), camera.quality)


def _wall(size: tuple[int, int], rng: np.random.Generator) -> Plane:
    """Plaster: large patches and a fine grain."""
    width, height = size
    patches = Image.fromarray((rng.random((9, 12)) * 255).astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    grain = rng.normal(0, 0.02, (height // 2 + 1, width // 2 + 1)).repeat(2, 0).repeat(2, 1)[:height, :width]
    return (_WALL + (_pixels(patches) - 0.5) * 0.2 + grain).astype(np.float32)


def _hung(wall: Plane, sheet: Image.Image, scene: Scene, rng: np.random.Generator) -> Plane:
    """The wall with the sheet on it, as the camera sees them."""
    height, width = wall.shape
    across = scene.share * min(width, height)
    wanted = max(8, round(across))
    small = sheet.convert("L").resize((wanted, round(wanted * sheet.height / sheet.width)), Image.Resampling.BOX)
    paper, there = _weathered(_pixels(small), scene, rng)
    tall, wide = paper.shape
    u, v = _places(scene, (width, height))
    x, y = u * wide + wide / 2, v * wide + tall / 2  # 0 at the sheet's edge
    inside = (x > 0) & (y > 0) & (x < wide) & (y < tall)
    sampled = _between(paper, x[inside] - 0.5, y[inside] - 0.5)
    cover = _between(there, x[inside] - 0.5, y[inside] - 0.5)
    seen = wall.copy()
    seen[inside] = wall[inside] * (1 - cover) + sampled * cover
    return seen


def _places(scene: Scene, size: tuple[int, int]) -> tuple[Plane, Plane]:
    """Where on the sheet each pixel looks: across and down from its middle, in widths of the sheet; NaN beside it."""
    width, height = size
    focal = _FOCAL * max(size)
    distance = focal / (scene.share * min(size))  # in widths of the sheet
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    turn = _turned(scene)
    centre = np.array([scene.across[0] / scene.share, scene.across[1] / scene.share, distance])
    rays = np.stack([(x - width / 2) / focal, (y - height / 2) / focal, np.ones_like(x)], axis=-1) @ turn
    rays = rays.astype(np.float32)
    origin = -centre @ turn
    if not scene.bend:
        along = -origin[2] / np.where(np.abs(rays[..., 2]) < 1e-6, np.nan, rays[..., 2])  # noqa: PLR2004 - parallel
        return _beside(origin[0] + along * rays[..., 0]), _beside(origin[1] + along * rays[..., 1])
    return _on_pillar(origin, rays, 1 / scene.bend)


def _on_pillar(origin: NDArray[np.float64], rays: Plane, radius: float) -> tuple[Plane, Plane]:
    """The nearer of the two points where a ray meets an upright pillar whose face is the sheet's middle."""
    a = rays[..., 0] ** 2 + rays[..., 2] ** 2
    b = origin[0] * rays[..., 0] + (origin[2] - radius) * rays[..., 2]
    c = origin[0] ** 2 + (origin[2] - radius) ** 2 - radius**2
    with np.errstate(invalid="ignore"):
        along = (-b - np.sqrt(b * b - a * c)) / a
    across = origin[0] + along * rays[..., 0]
    deep = origin[2] + along * rays[..., 2]
    return _beside(radius * np.arctan2(across, radius - deep)), _beside(origin[1] + along * rays[..., 1])


def _beside(places: Plane) -> Plane:
    return np.nan_to_num(places, nan=1e6, posinf=1e6, neginf=-1e6).astype(np.float32)


def _turned(scene: Scene) -> NDArray[np.float64]:
    yaw, pitch, roll = np.radians([scene.yaw, scene.pitch, scene.roll])
    about_y = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    about_z = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    turn: NDArray[np.float64] = about_z @ about_x @ about_y
    return turn


def _between(picture: Plane, x: Plane, y: Plane) -> Plane:
    """Values of the picture between its pixels, bilinear."""
    left = np.clip(np.floor(x), 0, picture.shape[1] - 2).astype(np.intp)
    top = np.clip(np.floor(y), 0, picture.shape[0] - 2).astype(np.intp)
    right, down = np.clip(x - left, 0, 1), np.clip(y - top, 0, 1)
    upper = picture[top, left] * (1 - right) + picture[top, left + 1] * right
    lower = picture[top + 1, left] * (1 - right) + picture[top + 1, left + 1] * right
    between: Plane = (upper * (1 - down) + lower * down).astype(np.float32)
    return between


def _weathered(paper: Plane, scene: Scene, rng: np.random.Generator) -> tuple[Plane, Plane]:
    """What is left of the print, and where there still is paper."""
    height, width = paper.shape
    ink = 0.06 + paper * 0.88
    ink = ink + (0.86 - ink) * scene.fade * np.where(ink < 0.86, 1, 0)  # noqa: PLR2004 - paper stays
    if scene.dirt:
        spots = _dirt(scene.dirt, (width, height), rng)
        ink = ink * (1 - spots) + 0.3 * spots
    there = Image.new("L", (width, height), 255)
    if scene.torn:
        side = scene.torn * width
        edge = [
            (width - side * (1 - step / 8) * rng.uniform(0.92, 1.08), height - side * step / 8) for step in range(9)
        ]
        ImageDraw.Draw(there).polygon([*edge, (width, height)], fill=0)
    return ink.astype(np.float32), _pixels(there)


def _dirt(share: float, size: tuple[int, int], rng: np.random.Generator) -> Plane:
    """Spots of all sizes that cover about that share of the sheet, with soft edges."""
    width, height = size
    picture = Image.new("L", size, 0)
    draw, covered = ImageDraw.Draw(picture), 0.0
    while covered < share * width * height:
        radius = width * 0.004 * (1 + rng.pareto(1.6))
        radius = min(radius, width * 0.05)
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        stretch = rng.uniform(0.5, 2)
        draw.ellipse(
            (x - radius * stretch, y - radius, x + radius * stretch, y + radius), fill=int(rng.uniform(120, 255))
        )
        covered += np.pi * radius * radius * stretch
    return _pixels(picture.filter(ImageFilter.GaussianBlur(width / 600)))


def _lit(seen: Plane, scene: Scene, rng: np.random.Generator) -> Plane:
    """Light and shadow, and the reflection of a lamp."""
    height, width = seen.shape
    x, y = np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32))
    lit: Plane = seen * scene.light
    if scene.shadow:
        edge = x * np.cos(angle := rng.uniform(0, np.pi)) + y * np.sin(angle)
        lit = lit * (1 - scene.shadow / (1 + np.exp(-edge * 40)))
    if scene.glare:
        at = rng.uniform(-0.3, 0.3, 2)
        lamp = np.exp(-(((x - at[0]) / 0.22) ** 2 + ((y - at[1]) / 0.3) ** 2))
        lit = lit + (1.3 - lit) * np.clip(lamp * scene.glare * 1.3, 0, 1)
    return np.asarray(np.clip(lit, 0, 1))


def _shaken(seen: Plane, length: float, rng: np.random.Generator) -> Plane:
    """The mean of the picture along a streak in a direction of chance."""
    if length < 1:
        return seen
    angle = rng.uniform(0, np.pi)
    steps = np.linspace(-length / 2, length / 2, max(3, round(length)))
    moves = [(round(step * np.cos(angle)), round(step * np.sin(angle))) for step in steps]
    total = np.zeros_like(seen)
    for dx, dy in moves:
        total += np.roll(seen, (dy, dx), (0, 1))
    return total / len(moves)


def _compressed(photo: Image.Image, quality: int) -> Image.Image:
    if not quality:
        return photo
    with BytesIO() as written:
        photo.save(written, "JPEG", quality=quality)
        return Image.open(BytesIO(written.getvalue())).convert("L")


def _pixels(picture: Image.Image) -> Plane:
    return np.asarray(picture, np.float32) / 255


def _picture(seen: Plane) -> Image.Image:
    return Image.fromarray((np.clip(seen, 0, 1) * 255).round().astype(np.uint8))


def varied(scene: Scene, rng: np.random.Generator) -> Scene:
    """The same trouble from another place: another turn, another spot, another distance."""
    return replace(
        scene,
        yaw=scene.yaw + rng.uniform(-8, 8),
        pitch=scene.pitch + rng.uniform(-8, 8),
        roll=scene.roll + rng.uniform(-12, 12),
        across=(scene.across[0] + rng.uniform(-0.05, 0.05), scene.across[1] + rng.uniform(-0.05, 0.05)),
        share=scene.share * rng.uniform(0.85, 1.15),
    )
