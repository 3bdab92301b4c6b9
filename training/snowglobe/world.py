"""The little world: scenes, laws of motion, captions, renderer. Twin of `src/world`; both read `src/world/world.json`.

What it is: everything that the model can ever see, drawn from numbers that we know exactly.
What it is not: it knows no model and no noise levels.

Lengths are in frame heights, x runs right, y runs down, time is in frames. Functions that draw at random take
`draw`, a function that returns the next number in [0, 1): `Draw(seed)` draws what TypeScript's `draws(seed)` draws.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

WORLD = json.loads((Path(__file__).resolve().parents[2] / "src" / "world" / "world.json").read_text())
COLOURS, THINGS, SIZES = list(WORLD["colours"]), list(WORLD["things"]), list(WORLD["sizes"])
MOTIONS, SETTINGS, CAMERAS = list(WORLD["motions"]), list(WORLD["settings"]), list(WORLD["cameras"])
FRAMES: int = WORLD["frames"]
VOCABULARY: list[str] = WORLD["vocabulary"]
MAX_OBJECTS = 2


@dataclass
class Object:
    """One thing and the numbers of its motion. Which of the numbers count depends on the motion's law (`poses`)."""

    thing: str
    colour: str
    size: str
    motion: str
    speed: str | None  # "slowly", "fast" or None where the motion has no speeds
    radius: float
    x: float  # where it is at frame 0; the apex of a bounce; the centre of an orbit
    y: float
    vx: float = 0.0
    vy: float = 0.0
    omega: float = 0.0  # radians a frame, of an orbit or a spin
    phase: float = 0.0  # angle at frame 0; for a bounce, frames since the apex
    reach: float = 0.0  # radius of an orbit


@dataclass
class Scene:
    setting: str
    camera: str
    backdrop: float  # which stretch of the endless backdrop is behind the frame
    objects: list[Object]

    def to_dict(self) -> dict:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict) -> Scene:
        return cls(**{**values, "objects": [Object(**o) for o in values["objects"]]})


# ---------------------------------------------------------------------------------------------------------------------
# Sampling scenes


class Draw:
    """Numbers in [0, 1) from the project's own noise source, 64 a block; the same in both languages."""

    def __init__(self, seed: int):
        self.seed, self.block, self.left = seed, 0, []

    def __call__(self) -> float:
        if not self.left:
            from .noise import uniforms

            self.left = list(uniforms(self.seed, self.block, 64))[::-1]
            self.block += 1
        return float(self.left.pop())


def choose(draw: Callable[[], float], options: list):
    return options[int(draw() * len(options))]


def between(draw: Callable[[], float], low: float, high: float) -> float:
    return low + (high - low) * draw()


def sample_object(draw: Callable[[], float], company: bool) -> Object:
    colour, thing, size = choose(draw, COLOURS), choose(draw, THINGS), choose(draw, SIZES)
    motion = choose(draw, MOTIONS)
    law = WORLD["motions"][motion]
    speed = choose(draw, list(law["speeds"])) if "speeds" in law else None
    jitter = WORLD["size_jitter"]
    radius = WORLD["sizes"][size] * between(draw, 1 - jitter, 1 + jitter) * (WORLD["company"] if company else 1)
    rate = between(draw, *law["speeds"][speed]) if speed else 0.0
    floor = WORLD["floor"] - radius
    spread = 0.28 if company else 0.16
    u, v, w = draw(), draw(), draw()
    o = Object(thing, colour, size, motion, speed, radius, x=0.5 + spread * (2 * u - 1), y=0.48 + 0.18 * (2 * v - 1))
    match law["law"]:
        case "uniform":
            dx, dy = law["direction"]
            o.vx, o.vy = dx * rate, dy * rate
            if dx:  # crosses the middle of the frame at half time, anywhere between ceiling and floor
                o.x, o.y = 0.5 + 0.1 * (2 * u - 1), radius + (floor - radius) * v
            else:
                o.x, o.y = 0.5 + (0.5 - 0.8 * radius) * (2 * u - 1), 0.48 + 0.06 * (2 * v - 1)
            o.x, o.y = o.x - o.vx * (FRAMES - 1) / 2, o.y - o.vy * (FRAMES - 1) / 2
        case "fall":
            o.x, o.y = 0.5 + (0.5 - 0.9 * radius) * (2 * u - 1), -0.05 + 0.25 * v
        case "bounce":
            o.x, o.y = 0.5 + (0.5 - 0.9 * radius) * (2 * u - 1), floor - between(lambda: v, 0.36, 0.56)
            fall_time = math.sqrt(2 * (floor - o.y) / WORLD["gravity"])
            o.phase = between(lambda: w, -0.8, 0.6) * fall_time
        case "orbit":
            o.x, o.y = 0.5 + 0.5 * spread * (2 * u - 1), 0.46 + 0.06 * (2 * v - 1)
            o.omega, o.phase = (rate if draw() < 0.5 else -rate), 2 * math.pi * w
            o.reach = between(draw, *law["radius"])
        case "spin":
            o.omega, o.phase = (rate if draw() < 0.5 else -rate), 2 * math.pi * w
    return o


def in_hole(scene: Scene) -> bool:
    """Whether some pair of words stands together that training never shows."""
    for o in scene.objects:
        words = {o.thing, o.colour, o.size, o.motion, scene.setting}
        if any(a in words and b in words for a, b in WORLD["holes"]["pairs"]):
            return True
    return False


def crowded(scene: Scene) -> bool:
    """Whether two things cover each other for a good part at the start, in the middle or at the end."""
    if len(scene.objects) < 2:
        return False
    a, b = (poses(o) for o in scene.objects)
    near = 0.7 * (scene.objects[0].radius + scene.objects[1].radius)
    return any(math.hypot(a[n, 0] - b[n, 0], a[n, 1] - b[n, 1]) < near for n in (0, FRAMES // 2, FRAMES - 1))


def sample_scene(draw: Callable[[], float], holes: bool = False, objects: int | None = None, odds: dict = WORLD["odds"]) -> Scene:
    """A scene of the world. With `holes` it may show the pairs that training leaves out."""
    for attempt in range(64):
        setting = choose(draw, SETTINGS)
        count = 2 if draw() < odds["two_objects"] else 1
        count = objects or count
        pan, side = draw() < odds["pan"], draw() < 0.5
        camera = ("left" if side else "right") if pan else "stands"
        backdrop = draw() * WORLD["backdrop_period"]
        scene = Scene(setting, camera, backdrop, [sample_object(draw, count > 1) for _ in range(count)])
        if in_hole(scene) and not holes:
            continue
        if count > 1 and (scene.objects[0].colour == scene.objects[1].colour or crowded(scene)) and attempt < 63:
            continue
        return scene
    raise RuntimeError("no scene outside the holes in 64 attempts; are the holes in world.json too wide?")


# ---------------------------------------------------------------------------------------------------------------------
# Laws of motion


def bounce_height(time: float, drop: float) -> float:
    """Height above rest, `time` frames after the apex of a first fall from `drop` (time may be negative: rising)."""
    g, e = WORLD["gravity"], WORLD["restitution"]
    fall_time = math.sqrt(2 * drop / g)
    if time <= fall_time:
        return drop - g * time * time / 2
    time, speed = time - fall_time, e * g * fall_time
    while time > 2 * speed / g:
        time, speed = time - 2 * speed / g, speed * e
    return speed * time - g * time * time / 2


def poses(o: Object, frames: int = FRAMES) -> np.ndarray:
    """Where an object is in each frame: (frames, 4) of x, y, radius, angle."""
    n = np.arange(frames, dtype=np.float64)
    law = WORLD["motions"][o.motion]
    x, y, radius, angle = np.full(frames, o.x), np.full(frames, o.y), np.full(frames, o.radius), np.zeros(frames)
    floor = WORLD["floor"] - o.radius
    match law["law"]:
        case "uniform":
            x, y = o.x + o.vx * n, o.y + o.vy * n
        case "fall":
            y = np.minimum(o.y + WORLD["gravity"] * n * n / 2, floor)
        case "bounce":
            y = floor - np.array([bounce_height(t + o.phase, floor - o.y) for t in range(frames)])
        case "orbit":
            x, y = o.x + o.reach * np.cos(o.phase + o.omega * n), o.y + o.reach * np.sin(o.phase + o.omega * n)
        case "spin":
            angle = o.phase + o.omega * n
        case "growth":
            radius = o.radius * (law["from"] + (law["to"] - law["from"]) * n / (FRAMES - 1))
    return np.stack([x, y, radius, angle], axis=1)


def facing(o: Object) -> int:
    """-1 where a thing that faces somewhere (a fish) looks left, else 1."""
    return -1 if WORLD["things"][o.thing].get("faces") and o.vx < 0 else 1


# ---------------------------------------------------------------------------------------------------------------------
# Captions and tokens


def article(phrase: str) -> str:
    return ("an " if phrase[0] in "aeiou" else "a ") + phrase


def caption(scene: Scene, draw: Callable[[], float] | None = None, odds: dict = WORLD["odds"]) -> str:
    """A full sentence. With `draw` the phrasing varies and part of the captions drop words (world.json, `odds`)."""
    shortened = draw is not None and draw() < odds["shortened_caption"]
    verb = " is " if draw is not None and draw() < 0.5 else " "

    def said(text: str) -> str:
        return "" if shortened and draw() < odds["dropped_word"] else text

    clauses = []
    for o in scene.objects:
        thing = "thing" if shortened and draw() < 0.15 else o.thing
        name = article(" ".join(filter(None, [said(o.size), said(o.colour), thing])))
        motion = said(WORLD["motions"][o.motion]["phrase"])
        speed = said(o.speed or "")
        clauses.append(name + (verb + motion + (" " + speed if speed else "") if motion else ""))
    text = " and ".join(clauses)
    if setting := said(WORLD["settings"][scene.setting]["phrase"]):
        text += " " + setting
    if scene.camera != "stands" and (camera := said(WORLD["cameras"][scene.camera]["phrase"])):
        text += ", " + camera
    return text[0].upper() + text[1:] + "."


INDEX = {word: index for index, word in enumerate(VOCABULARY)}


def tokenize(prompt: str, length: int) -> list[int]:
    """<start>, one token a known word (unknown ones are left out), <pad> to `length`."""
    words = re.findall(r"[a-z]+", prompt.lower())
    tokens = [INDEX["<start>"]] + [INDEX[word] for word in (WORLD["aliases"].get(w, w) for w in words) if word in INDEX]
    return (tokens + [INDEX["<pad>"]] * length)[:length]


# ---------------------------------------------------------------------------------------------------------------------
# Shapes as distance fields

GRID, EXTENT, LAYERS = 96, 1.6, 3


def polygon_distance(points: list, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Signed distance to a polygon, negative inside (even-odd rule)."""
    squared, inside = np.full(x.shape, np.inf), np.zeros(x.shape, dtype=bool)
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1]):
        ex, ey, px, py = bx - ax, by - ay, x - ax, y - ay
        along = np.clip((px * ex + py * ey) / (ex * ex + ey * ey), 0, 1)
        squared = np.minimum(squared, (px - ex * along) ** 2 + (py - ey * along) ** 2)
        if ay != by:
            inside ^= ((ay > y) != (by > y)) & (px < ex * py / ey)
    return np.where(inside, -1, 1) * np.sqrt(squared)


def part_distance(part: dict, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    if "disc" in part:
        cx, cy, r = part["disc"]
        return np.hypot(x - cx, y - cy) - r
    if "ring" in part:
        cx, cy, r, half = part["ring"]
        return np.abs(np.hypot(x - cx, y - cy) - r) - half
    return polygon_distance(part["polygon"], x, y)


@cache
def shape_grids() -> Tensor:
    """Signed distances of each thing's layers on a grid over [-EXTENT, EXTENT]^2: (things, LAYERS, GRID, GRID)."""
    axis = np.linspace(-EXTENT, EXTENT, GRID)
    x, y = np.meshgrid(axis, axis)
    grids = np.full((len(THINGS), LAYERS, GRID, GRID), 9.0)
    for i, thing in enumerate(THINGS):
        for j, layer in enumerate(WORLD["things"][thing]["layers"]):
            grids[i, j] = np.min([part_distance(part, x, y) for part in layer["parts"]], axis=0)
    return torch.from_numpy(grids)


# ---------------------------------------------------------------------------------------------------------------------
# Renderer


def camera_shift(scene: Scene, frames: int) -> np.ndarray:
    """How far the camera stands right of the scene's middle, in each frame."""
    pan = WORLD["cameras"][scene.camera]["pan"] * WORLD["pan_speed"]
    return pan * (np.arange(frames) - (frames - 1) / 2)


def rgb(values: list, like: Tensor) -> Tensor:
    return torch.tensor(values, dtype=like.dtype, device=like.device) / 255


def draw_backdrop(scenes: list[Scene], shift: Tensor, height: int, width: int) -> Tensor:
    """Sky, hills, ground and dots behind the things: (B, F, 3, H, W). shift: (B, F) of the camera."""
    y = ((torch.arange(height, device=shift.device, dtype=shift.dtype) + 0.5) / height)[:, None]  # (H, 1)
    x = ((torch.arange(width, device=shift.device, dtype=shift.dtype) + 0.5) / height)[None, :]  # (1, W)
    horizon, period, out = WORLD["horizon"], WORLD["backdrop_period"], []
    for scene, camera in zip(scenes, shift):
        look = WORLD["settings"][scene.setting]
        sky, ground, hills, dots = look["sky"], look["ground"], look["hills"], look["dots"]
        image = torch.lerp(rgb(sky[0], y)[:, None, None], rgb(sky[1], y)[:, None, None], (y / horizon).clamp(max=1))
        image = image.expand(3, height, width)  # (3, H, W)
        camera = camera[:1] if scene.camera == "stands" else camera
        place = x + scene.backdrop + WORLD["hill_depth"] * camera[:, None, None]  # (F, 1, W)
        ridge = hills["height"] + sum(a * torch.sin(2 * math.pi * (f * place + p)) for a, f, p in hills["waves"])
        cover = (0.5 + (y - (horizon - ridge)) * height).clamp(0, 1)[:, None]  # (F, 1, H, W)
        image = torch.lerp(image, rgb(hills["colour"], y)[:, None, None], cover)  # (F, 3, H, W)
        depth = ((y - horizon) / (1 - horizon)).clamp(0, 1)  # (H, 1)
        floor = torch.lerp(rgb(ground[0], y)[:, None, None], rgb(ground[1], y)[:, None, None], depth)  # (3, H, 1)
        image = torch.lerp(image, floor, (0.5 + (y - horizon) * height).clamp(0, 1))
        place = x + scene.backdrop + dots["depth"] * camera[:, None, None]  # (F, 1, W)
        for dot_x, dot_y, radius in dots["at"]:
            dx = torch.remainder(place - dot_x + period / 2, period) - period / 2
            cover = (0.5 - (torch.hypot(dx, y - dot_y) - radius) * height).clamp(0, 1)[:, None]  # (F, 1, H, W)
            image = torch.lerp(image, rgb(dots["colour"], y)[:, None, None], cover)
        out.append(image.expand(shift.shape[1], 3, height, width))
    return torch.stack(out)


def render(
    scenes: list[Scene],
    frames: int = FRAMES,
    height: int = 32,
    width: int = 32,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> Tensor:
    """Draw scenes: (B, 3, F, H, W) in [0, 1]. Anti-aliased: a pixel's cover is 1/2 minus its distance in pixels."""
    grids = shape_grids().to(device, dtype)
    shift = torch.tensor(np.array([camera_shift(scene, frames) for scene in scenes]), dtype=dtype, device=device)
    clip = draw_backdrop(scenes, shift, height, width)  # (B, F, 3, H, W)
    y = (torch.arange(height, device=device, dtype=dtype) + 0.5) / height
    x = (torch.arange(width, device=device, dtype=dtype) + 0.5) / height
    for k in range(MAX_OBJECTS):
        rows = [i for i, scene in enumerate(scenes) if len(scene.objects) > k]
        if not rows:
            break
        objects = [scenes[i].objects[k] for i in rows]
        pose = torch.tensor(np.array([poses(o, frames) for o in objects]), dtype=dtype, device=device)  # (R, F, 4)
        px, py, radius, angle = (part[..., None, None] for part in pose.unbind(-1))  # (R, F, 1, 1) each
        dx, dy = x - (px - shift[rows][..., None, None]), y[:, None] - py  # (R, F, 1, W), (R, F, H, 1)
        mirror = torch.tensor([facing(o) for o in objects], dtype=dtype, device=device)[:, None, None, None]
        u = mirror * (dx * angle.cos() + dy * angle.sin()) / radius  # (R, F, H, W), the thing's own coordinates
        v = (dy * angle.cos() - dx * angle.sin()) / radius
        where = (torch.stack([u, v], dim=-1) / EXTENT).flatten(1, 2)  # (R, F*H, W, 2)
        things = grids[[THINGS.index(o.thing) for o in objects]]  # (R, LAYERS, GRID, GRID)
        distance = F.grid_sample(things, where, padding_mode="border", align_corners=True)  # (R, LAYERS, F*H, W)
        cover = (0.5 - distance.unflatten(2, (frames, height)) * radius[:, None] * height).clamp(0, 1)
        for layer in range(LAYERS):
            has = [j for j, o in enumerate(objects) if len(WORLD["things"][o.thing]["layers"]) > layer]
            if not has:
                break
            paints = [paint(objects[j], layer) for j in has]
            colour = rgb(paints, clip)[:, None, :, None, None]  # (R', 1, 3, 1, 1)
            index = [rows[j] for j in has]
            clip[index] = torch.lerp(clip[index], colour, cover[has, layer][:, :, None])
    return clip.transpose(1, 2).contiguous()


def paint(o: Object, layer: int) -> list[int]:
    name = WORLD["things"][o.thing]["layers"][layer]["paint"]
    return WORLD["colours"][o.colour] if name == "self" else WORLD["paints"][name]
