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
ALL_MOTIONS = list(WORLD["motions"])
MOTIONS = [name for name in ALL_MOTIONS if not WORLD["motions"][name].get("joint")]  # those that a thing does alone
SETTINGS, CAMERAS, LIGHTS, PLOTS = (list(WORLD[kind]) for kind in ("settings", "cameras", "lights", "plots"))
SPEEDS = ["slowly", "fast"]
FRAMES: int = WORLD["frames"]
VOCABULARY: list[str] = WORLD["vocabulary"]
MAX_OBJECTS = 3
ATTEMPTS = 256  # at a scene that may be shown: of three things in a frame, one in seven leaves each other room
COMPANY = [1.0, WORLD["company"], WORLD["crowd"]]  # how much smaller things are where there are one, two, three
SPREAD = [(0.16, 0.18), (0.28, 0.18), (0.34, 0.24)]  # how far from the middle they stand, across and down


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
    to: str | None = None  # the colour it turns into
    hit: float | None = None  # when it collides; from then on its velocity is ux, uy
    ux: float | None = None
    uy: float | None = None


OPTIONAL = ("to", "hit", "ux", "uy", "wall", "light", "picture")  # of a scene or an object, written only where it is there


@dataclass
class Scene:
    setting: str
    camera: str
    backdrop: float  # which stretch of the endless backdrop is behind the frame
    objects: list[Object]
    wall: list[float] | None = None  # x of its middle, y of its top: things pass behind it
    light: str | None = None  # "dusk" or "dawn": day turns into night, or night into day
    picture: bool | None = None  # a still: nothing moves, and the caption says "a picture of"

    def to_dict(self) -> dict:
        return asdict(self, dict_factory=lambda items: {k: v for k, v in items if v is not None or k not in OPTIONAL})

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


def sample_object(
    draw: Callable[[], float], company: int = 1, plot: dict | None = None, frames: int = FRAMES
) -> Object:
    """A thing among `company` of them. A plot (world.json) may narrow the choice of size, motion and speed."""
    plot = plot or {}
    colour, thing = choose(draw, COLOURS), choose(draw, THINGS)
    size, motion = choose(draw, plot.get("sizes", SIZES)), choose(draw, plot.get("motions", MOTIONS))
    law = WORLD["motions"][motion]
    speed = choose(draw, plot.get("speeds", SPEEDS)) if "speeds" in law else None
    jitter = WORLD["size_jitter"]
    radius = WORLD["sizes"][size] * between(draw, 1 - jitter, 1 + jitter) * COMPANY[company - 1]
    rate = between(draw, *law["speeds"][speed]) if speed else 0.0
    floor = WORLD["floor"] - radius
    spread, rise = SPREAD[company - 1]
    u, v, w = draw(), draw(), draw()
    o = Object(thing, colour, size, motion, speed, radius, x=0.5 + spread * (2 * u - 1), y=0.48 + rise * (2 * v - 1))
    match law["law"]:
        case "uniform":
            dx, dy = law["direction"]
            o.vx, o.vy = dx * rate, dy * rate
            if dx:  # crosses the middle of the frame at half time, anywhere between ceiling and floor
                o.x, o.y = 0.5 + 0.1 * (2 * u - 1), radius + (floor - radius) * v
            else:
                o.x, o.y = 0.5 + (0.5 - 0.8 * radius) * (2 * u - 1), 0.48 + 0.06 * (2 * v - 1)
            o.x, o.y = o.x - o.vx * (frames - 1) / 2, o.y - o.vy * (frames - 1) / 2
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
            # Clockwise, and nearly upright at first: of a turn that may begin anywhere a guess shows the mean, a lump.
            o.omega, o.phase = rate, law["lean"] * (2 * draw() - 1)
    return o


def sample_collision(draw: Callable[[], float], frames: int = FRAMES) -> list[Object]:
    """Two balls that run into each other near the middle. Flat discs, so that mass goes with the radius squared."""
    law = WORLD["motions"]["colliding"]
    speed = choose(draw, SPEEDS)
    jitter, balls = WORLD["size_jitter"], []
    for _ in range(2):
        colour, size = choose(draw, COLOURS), choose(draw, SIZES)
        radius = WORLD["sizes"][size] * between(draw, 1 - jitter, 1 + jitter) * COMPANY[1]
        balls.append(Object("ball", colour, size, "colliding", speed, radius, x=0.0, y=0.0))
    rate, other = between(draw, *law["speeds"][speed]), between(draw, *law["speeds"][speed]) * draw()
    angle, hit = between(draw, -0.6, 0.6), (frames - 1) * between(draw, 0.35, 0.55)
    x, y = between(draw, 0.4, 0.6), between(draw, 0.36, 0.56)
    side = 1 if draw() < 0.5 else -1
    nx, ny = side * math.cos(angle), math.sin(angle)  # from the first ball to the second, when they touch
    velocities, masses = (side * rate, -side * other), [ball.radius**2 for ball in balls]
    closing = 2 * (velocities[0] - velocities[1]) * nx / sum(masses)
    for ball, v, mass, sign in zip(balls, velocities, reversed(masses), (-1, 1)):
        ball.vx, ball.hit = v, hit
        ball.ux, ball.uy = v + sign * mass * closing * nx, sign * mass * closing * ny
        ball.x, ball.y = x + sign * nx * ball.radius - v * hit, y + sign * ny * ball.radius
    return balls


def in_hole(scene: Scene) -> bool:
    """Whether some pair of words stands together that training never shows."""
    for o in scene.objects:
        words = {o.thing, o.colour, o.to, o.size, o.motion, scene.setting}
        if any(a in words and b in words for a, b in WORLD["holes"]["pairs"]):
            return True
    return False


def crowded(scene: Scene, frames: int = FRAMES) -> bool:
    """Whether two things cover each other for a good part at the start, in the middle or at the end."""
    paths = [poses(o, frames) for o in scene.objects] if len(scene.objects) > 1 else []
    return any(
        math.hypot(a[n, 0] - b[n, 0], a[n, 1] - b[n, 1]) < 0.7 * (scene.objects[i].radius + scene.objects[j].radius)
        for i, a in enumerate(paths)
        for j, b in enumerate(paths[:i])
        for n in (0, frames // 2, frames - 1)
    )


def alike(scene: Scene) -> bool:
    """Whether two things have one colour."""
    return len({o.colour for o in scene.objects}) < len(scene.objects)


def sample_scene(
    draw: Callable[[], float],
    holes: bool = False,
    objects: int | None = None,
    odds: dict = WORLD["odds"],
    plot: str | None = None,
    frames: int = FRAMES,
) -> Scene:
    """A scene of the world: one or two things by the `odds`, or a scene of the `plot` that is named (world.json). With
    `holes` it may show the pairs that training leaves out. `frames` is the length of the clip that it is drawn for."""
    for attempt in range(ATTEMPTS):
        scene = sample_plot(draw, WORLD["plots"][plot], frames) if plot else sample_pair(draw, objects, odds)
        if in_hole(scene) and not holes:
            continue
        if (alike(scene) or crowded(scene, frames)) and attempt < ATTEMPTS - 1:
            continue
        return scene
    raise RuntimeError(f"no scene outside the holes in {ATTEMPTS} attempts; are the holes in world.json too wide?")


def sample_pair(draw: Callable[[], float], objects: int | None, odds: dict) -> Scene:
    """One or two things before a camera that stands or pans."""
    setting = choose(draw, SETTINGS)
    count = 2 if draw() < odds["two_objects"] else 1
    count = objects or count
    pan, side = draw() < odds["pan"], draw() < 0.5
    camera = ("left" if side else "right") if pan else "stands"
    backdrop = draw() * WORLD["backdrop_period"]
    return Scene(setting, camera, backdrop, [sample_object(draw, count) for _ in range(count)])


def sample_plot(draw: Callable[[], float], plot: dict, frames: int) -> Scene:
    setting, camera = choose(draw, plot.get("settings", SETTINGS)), choose(draw, plot.get("cameras", ["stands"]))
    backdrop = draw() * WORLD["backdrop_period"]
    count = choose(draw, plot["objects"])
    if "colliding" in plot.get("motions", []):
        return Scene(setting, camera, backdrop, sample_collision(draw, frames))
    company = 2 if plot.get("wall") else count  # a wall is company, too
    scene = Scene(setting, camera, backdrop, [sample_object(draw, company, plot, frames) for _ in range(count)])
    o = scene.objects[0]
    if plot.get("turn"):
        o.to = choose(draw, [colour for colour in COLOURS if colour != o.colour])
    if plot.get("wall"):  # where the thing is at half time, and higher than it
        scene.wall = [o.x + o.vx * (frames - 1) / 2, o.y - o.radius - WORLD["wall"]["above"]]
    scene.light = choose(draw, plot["lights"]) if "lights" in plot else None
    scene.picture = plot.get("picture")
    return scene


# ---------------------------------------------------------------------------------------------------------------------
# Laws of motion

LAWS = ["rest", "uniform", "fall", "bounce", "orbit", "spin", "growth", "collision"]
LAW_OF = [LAWS.index(WORLD["motions"][name]["law"]) for name in ALL_MOTIONS]
GROWTH_OF = [(WORLD["motions"][name].get("from", 1), WORLD["motions"][name].get("to", 1)) for name in ALL_MOTIONS]
NEVER = 1e6  # when a thing collides that doesn't
BOUNCES = 8  # more than any clip is long enough for


def bounce_height(time, drop, xp=np):
    """Height above rest, `time` frames after the apex of a first fall from `drop` (time may be negative: rising)."""
    g, e = WORLD["gravity"], WORLD["restitution"]
    fall_time = xp.sqrt(2 * drop / g)
    falls, time, speed = time <= fall_time, time - fall_time, e * g * fall_time
    first = drop - g * (time + fall_time) ** 2 / 2
    for _ in range(BOUNCES):
        again = time > 2 * speed / g
        time, speed = xp.where(again, time - 2 * speed / g, time), xp.where(again, speed * e, speed)
    return xp.where(falls, first, speed * time - g * time * time / 2)


def laws(o: dict, n, frames: int, xp=np) -> tuple:
    """Every law at once: x, y, radius and angle in the frames n. `o` holds the numbers of an object by name, and "law",
    "from" and "to"; `xp` is numpy or torch. What a law does not use is 0 (hit: NEVER), so that most laws simply add up."""
    after = xp.clip(n - o["hit"], 0, None)  # since the collision
    turn = o["phase"] + o["omega"] * n
    x = o["x"] + o["vx"] * (n - after) + o["ux"] * after + o["reach"] * xp.cos(turn)
    y = o["y"] + o["vy"] * (n - after) + o["uy"] * after + o["reach"] * xp.sin(turn)
    law, floor = o["law"], WORLD["floor"] - o["radius"]
    fall = xp.minimum(y + WORLD["gravity"] * n * n / 2, floor)
    bounces = law == LAWS.index("bounce")
    drop = xp.where(bounces, floor - o["y"], o["y"] * 0 + 1)
    y = xp.where(law == LAWS.index("fall"), fall, y)
    y = xp.where(bounces, floor - bounce_height(n + o["phase"], drop, xp), y)
    radius = o["radius"] * (o["from"] + (o["to"] - o["from"]) * n / max(1, frames - 1))
    return x, y, radius, xp.where(law == LAWS.index("spin"), turn, turn * 0)


def poses(o: Object, frames: int = FRAMES) -> np.ndarray:
    """Where an object is in each frame: (frames, 4) of x, y, radius, angle."""
    motion = ALL_MOTIONS.index(o.motion)
    numbers = {name: getattr(o, name) or 0.0 for name in NUMBERS} | {"hit": NEVER if o.hit is None else o.hit}
    numbers |= {"law": LAW_OF[motion], "from": GROWTH_OF[motion][0], "to": GROWTH_OF[motion][1]}
    parts = laws(numbers, np.arange(frames, dtype=np.float64), frames)
    return np.stack(np.broadcast_arrays(*parts), axis=1)


NUMBERS = ("radius", "x", "y", "vx", "vy", "omega", "phase", "reach", "hit", "ux", "uy")


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
    long = draw is not None and draw() < 0.5  # "is spinning" or "spinning"
    joint = scene.objects[0].motion == "colliding"

    def said(text: str) -> str:
        return "" if shortened and draw() < odds["dropped_word"] else text

    def moves(verb: str, o: Object) -> str:
        motion, speed = said(WORLD["motions"][o.motion]["phrase"]), said(o.speed or "")
        return (f" {verb}" if long else "") + f" {motion}" + (speed and f" {speed}") if motion else ""

    clauses = []
    for o in scene.objects:
        thing = "thing" if shortened and draw() < 0.15 else o.thing
        clause = article(" ".join(filter(None, [said(o.size), "" if o.to else said(o.colour), thing])))
        motion = "" if scene.picture or joint else moves("is", o)
        turn = said(f"turns from {o.colour} to {o.to}") if o.to else ""
        clauses.append(clause + motion + (" and" if turn and motion and long else "") + (turn and f" {turn}"))
    text = ("a picture of " if scene.picture else "") + " and ".join(clauses)
    if joint:
        text += moves("are", scene.objects[0])
    if scene.wall and (wall := said(WORLD["wall"]["phrase"])):
        text += " " + wall
    if setting := said(WORLD["settings"][scene.setting]["phrase"]):
        text += " " + setting
    if scene.camera != "stands" and (camera := said(WORLD["cameras"][scene.camera]["phrase"])):
        text += ", " + camera
    if scene.light and (light := said(WORLD["lights"][scene.light]["phrase"])):
        text += ", " + light
    return text[0].upper() + text[1:] + "."


def fragment(scene: Scene, draw: Callable[[], float]) -> str:
    """What somebody types who says little: one to three phrases of the caption of one thing, "something red", "at night",
    "bouncing fast in the sea". A thing that is not named is "a thing", or is not mentioned where nothing else is said of it."""
    o = scene.objects[0]
    motion = WORLD["motions"][o.motion]["phrase"] + (f" {o.speed}" if o.speed and draw() < 0.5 else "")
    phrases = {"size": o.size, "colour": o.colour, "thing": o.thing, "motion": motion, "setting": WORLD["settings"][scene.setting]["phrase"]}
    if scene.camera != "stands":
        phrases["camera"] = WORLD["cameras"][scene.camera]["phrase"]
    names = list(phrases)
    chosen = {names.pop(int(draw() * len(names))) for _ in range(1 + int(3 * draw()))}
    said = [phrases[name] for name in ("size", "colour") if name in chosen]
    named = [o.thing] if "thing" in chosen else ["thing"] if said or draw() < 0.5 else []
    name = [article(" ".join(said + named))] if named else []
    if named == ["thing"] and draw() < 0.5:
        name = [" ".join(["something"] + said)]  # "something red" for "a red thing"
    text = " ".join(name + [phrases[key] for key in ("motion", "setting", "camera") if key in chosen])
    return text[0].upper() + text[1:] + "."


INDEX = {word: index for index, word in enumerate(VOCABULARY)}


def tokenize(prompt: str, length: int, known: int = len(VOCABULARY)) -> list[int]:
    """<start>, one token a known word (unknown ones are left out), <pad> to `length`. A model knows the world's first
    `known` words: its own list, which the world's may have outgrown."""
    words = re.findall(r"[a-z]+", prompt.lower())
    tokens = [INDEX["<start>"]] + [INDEX[word] for word in (WORLD["aliases"].get(w, w) for w in words) if word in INDEX]
    return ([token for token in tokens if token < known] + [INDEX["<pad>"]] * length)[:length]


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
# Scenes as tensors
#
# A batch of scenes is a dictionary: the NUMBERS and "mirror", "thing", "colour", "to", "size", "motion", "speed" and
# "here" of each object, (B, MAX_OBJECTS); "camera", "backdrop", "setting" (of the caption), "start" and "end" (the
# settings it looks like), "light", "wall", "wall_x", "wall_top" and "picture" of each scene, (B,). Words are indices.

Batch = dict[str, Tensor]


def pack(scenes: list[Scene], device: torch.device | str = "cpu", dtype: torch.dtype = torch.float32) -> Batch:
    """Scenes as tensors: what `draw_scenes` draws."""

    def of_objects(value: Callable[[Object], float], kind: torch.dtype, empty: float = 0) -> Tensor:
        rows = [[value(o) for o in s.objects] + [empty] * (MAX_OBJECTS - len(s.objects)) for s in scenes]
        return torch.tensor(rows, dtype=kind, device=device)

    def of_scenes(value: Callable[[Scene], float], kind: torch.dtype = torch.long) -> Tensor:
        return torch.tensor([value(s) for s in scenes], dtype=kind, device=device)

    batch = {name: of_objects(lambda o, name=name: getattr(o, name) or 0.0, dtype, name == "radius") for name in NUMBERS}
    return batch | {
        "hit": of_objects(lambda o: NEVER if o.hit is None else o.hit, dtype, NEVER),
        "mirror": of_objects(facing, dtype, 1),
        "thing": of_objects(lambda o: THINGS.index(o.thing), torch.long),
        "colour": of_objects(lambda o: COLOURS.index(o.colour), torch.long),
        "to": of_objects(lambda o: COLOURS.index(o.to or o.colour), torch.long),
        "size": of_objects(lambda o: SIZES.index(o.size), torch.long),
        "motion": of_objects(lambda o: ALL_MOTIONS.index(o.motion), torch.long),
        "speed": of_objects(lambda o: SPEEDS.index(o.speed) + 1 if o.speed else 0, torch.long),
        "here": of_objects(lambda o: 1, torch.bool),
        "camera": of_scenes(lambda s: CAMERAS.index(s.camera)),
        "backdrop": of_scenes(lambda s: s.backdrop, dtype),
        "setting": of_scenes(lambda s: SETTINGS.index(s.setting)),
        "start": of_scenes(lambda s: SETTINGS.index("night" if s.light == "dawn" else s.setting)),
        "end": of_scenes(lambda s: SETTINGS.index("night" if s.light == "dusk" else s.setting)),
        "light": of_scenes(lambda s: LIGHTS.index(s.light or "stays")),
        "wall": of_scenes(lambda s: s.wall is not None, torch.bool),
        "wall_x": of_scenes(lambda s: s.wall[0] if s.wall else 0.0, dtype),
        "wall_top": of_scenes(lambda s: s.wall[1] if s.wall else 0.0, dtype),
        "picture": of_scenes(lambda s: bool(s.picture), torch.bool),
    }


# ---------------------------------------------------------------------------------------------------------------------
# Renderer
#
# A clip is a window on the scene: its shorter side is 1 long, and its middle is the middle of the unit square.


@cache
def looks(device: torch.device, dtype: torch.dtype) -> dict[str, Tensor]:
    """Everything that world.json says of looks, as tables on the device. S settings, W waves, P dots, T things."""

    def table(values: list) -> Tensor:
        return torch.tensor(values, dtype=dtype, device=device)

    settings = list(WORLD["settings"].values())
    waves, dots = (max(len(values) for values in every) for every in zip(*((s["hills"]["waves"], s["dots"]["at"]) for s in settings)))
    paints = [[layer["paint"] for layer in WORLD["things"][name]["layers"]] for name in THINGS]
    paints = [layers + ["self"] * (LAYERS - len(layers)) for layers in paints]
    own = [[paint == "self" for paint in layers] for layers in paints]
    motions = torch.tensor([[law, *growth] for law, growth in zip(LAW_OF, GROWTH_OF)], dtype=dtype, device=device)
    return {
        "sky": table([s["sky"] for s in settings]) / 255,  # (S, 2, 3)
        "ground": table([s["ground"] for s in settings]) / 255,  # (S, 2, 3)
        "hills": table([s["hills"]["colour"] for s in settings]) / 255,  # (S, 3)
        "height": table([s["hills"]["height"] for s in settings]),  # (S,)
        "waves": table([s["hills"]["waves"] + [[0, 1, 0]] * (waves - len(s["hills"]["waves"])) for s in settings]),  # (S, W, 3)
        "dots": table([s["dots"]["at"] + [[0, 9, 0]] * (dots - len(s["dots"]["at"])) for s in settings]),  # (S, P, 3)
        "dot": table([s["dots"]["colour"] for s in settings]) / 255,  # (S, 3)
        "dot_depth": table([s["dots"]["depth"] for s in settings]),  # (S,)
        "pan": table([camera["pan"] * WORLD["pan_speed"] for camera in WORLD["cameras"].values()]),
        "zoom": table([camera["zoom"] * math.log(WORLD["zoom_reach"]) for camera in WORLD["cameras"].values()]),
        "colours": table(list(WORLD["colours"].values())) / 255,
        "paints": table([[WORLD["paints"].get(paint, [0, 0, 0]) for paint in layers] for layers in paints]) / 255,  # (T, LAYERS, 3)
        "own": torch.tensor(own, device=device),  # (T, LAYERS), whether a layer has the object's own colour
        "bricks": table([WORLD["wall"]["joint_colour"], WORLD["wall"]["colour"]]) / 255,
        "shapes": shape_grids().to(device, dtype),
        "motions": motions,
    }


def changed(n: Tensor, frames: int) -> Tensor:
    """How far a change has come in frame n: 0 before, 1 after (world.json, `change`)."""
    start, end = WORLD["change"]
    return ((n / max(1, frames - 1) - start) / (end - start)).clamp(0, 1)


class Window:
    """Where each pixel looks in the scene. scale, shift: (B, F) of the camera at the depth where things stand."""

    def __init__(self, camera: Tensor, n: Tensor, frames: int, height: int, width: int, look: dict[str, Tensor]):
        self.unit = min(height, width)
        axis = {"device": n.device, "dtype": n.dtype}
        self.y = ((torch.arange(height, **axis) + 0.5 - height / 2) / self.unit + 0.5)[:, None]  # (H, 1)
        self.x = ((torch.arange(width, **axis) + 0.5 - width / 2) / self.unit + 0.5)[None, :]  # (1, W)
        along = n - (frames - 1) / 2
        self.shift = look["pan"][camera][:, None] * along  # (B, F)
        self.scale = torch.exp(look["zoom"][camera][:, None] * 2 * along / max(1, frames - 1))  # (B, F)

    def at(self, depth: Tensor | float) -> tuple[Tensor, Tensor, Tensor]:
        """x (B, F, 1, W) and y (B, F, H, 1) at a depth (0 infinitely far, 1 where things stand), pixels to 1 (B, F, 1, 1)."""
        scale, shift = (1 + depth * (self.scale - 1))[..., None, None], (depth * self.shift)[..., None, None]
        return 0.5 + (self.x - 0.5) / scale + shift, 0.5 + (self.y - 0.5) / scale, self.unit * scale


def draw_backdrop(batch: Batch, window: Window, change: Tensor, look: dict[str, Tensor], still: bool = False) -> Tensor:
    """Sky, hills, ground and dots behind the things: (B, F, 3, H, W). Day turns into night by turning every colour, hill
    and dot of the one into those of the other. change: (F,); still: nothing turns into anything."""
    start, end, horizon, period = batch["start"], batch["end"], WORLD["horizon"], WORLD["backdrop_period"]
    share = torch.where((start != end)[:, None], change, 0)  # (B, F)

    def turned(table: Tensor, ends: tuple = (start, end)) -> Tensor:
        a, b = (table[index][:, None] for index in ends)  # (B, 1, ...)
        return torch.lerp(a, b, share.reshape(*share.shape, *[1] * (a.ndim - 2)))  # (B, F, ...)

    def paint(image: Tensor, colour: Tensor, cover: Tensor) -> Tensor:
        return torch.lerp(image, colour[..., None, None], cover.clamp(0, 1)[:, :, None])

    top, low = turned(look["sky"])[..., None, None].unbind(2)  # (B, F, 3, 1, 1)
    image = torch.lerp(top, low, (window.y / horizon).clamp(0, 1)).expand(-1, -1, -1, -1, window.x.shape[1])
    x, y, pixels = window.at(WORLD["hill_depth"])
    place = x + batch["backdrop"][:, None, None, None]  # (B, F, 1, W)
    sides = []
    for index in (start, end):
        size, frequency, phase = look["waves"][index][:, None, None, None].unbind(-1)  # (B, 1, 1, 1, waves) each
        sides.append((size * torch.sin(2 * math.pi * (frequency * place[..., None] + phase))).sum(-1))  # (B, F, 1, W)
    ridge = turned(look["height"])[..., None, None] + torch.lerp(*sides, share[..., None, None])
    image = paint(image, turned(look["hills"]), 0.5 + (y - (horizon - ridge)) * pixels)
    x, y, pixels = window.at(1.0)
    top, low = turned(look["ground"])[..., None, None].unbind(2)
    ground = torch.lerp(top, low, ((y - horizon) / (1 - horizon)).clamp(0, 1)[:, :, None])  # (B, F, 3, H, 1)
    image = torch.lerp(image, ground, (0.5 + (y - horizon) * pixels).clamp(0, 1)[:, :, None])
    for index, weight in ((start, 1 - share), (end, share))[: 1 if still else 2]:
        x, y, pixels = window.at(look["dot_depth"][index][:, None])
        place = x + batch["backdrop"][:, None, None, None] + period / 2  # (B, F, 1, W)
        dot_x, dot_y, radius = look["dots"][index][:, None, None, None].unbind(-1)  # (B, 1, 1, 1, P) each
        dx = torch.remainder(place[..., None] - dot_x, period) - period / 2  # (B, F, 1, W, P)
        distance = torch.sqrt(dx * dx + (y[..., None] - dot_y) ** 2) - radius  # (B, F, H, W, P)
        cover = (0.5 - distance * pixels[..., None]).clamp(0, 1) * weight[..., None, None, None]
        # One colour over itself, again and again, is the colour laid once over what no dot covers.
        image = paint(image, look["dot"][index][:, None], 1 - (1 - cover).prod(-1))
    return image


def paths(objects: Batch, n: Tensor, frames: int, look: dict[str, Tensor]) -> tuple[Tensor, ...]:
    """Where objects (...) are in the frames n: x, y, radius and angle, (..., F) or broadcast to that."""
    o = {name: objects[name][..., None] for name in NUMBERS}  # (..., 1) each
    law, start, end = look["motions"][objects["motion"]][..., None].unbind(-2)  # (..., 1) each
    return laws(o | {"law": law, "from": start, "to": end}, n, frames, torch)


def draw_object(image: Tensor, batch: Batch, k: int, window: Window, n: Tensor, frames: int, look: dict[str, Tensor]) -> Tensor:
    """Lay the k-th thing of every scene over the image (B, F, 3, H, W)."""
    height, width = image.shape[-2:]
    parts = paths({name: batch[name][:, k] for name in (*NUMBERS, "motion")}, n, frames, look)  # (B, F) each
    px, py, radius, angle = (part[..., None, None] for part in parts)  # (B, F, 1, 1) each
    x, y, pixels = window.at(1.0)
    dx, dy, mirror = x - px, y - py, batch["mirror"][:, k, None, None, None]  # (B, F, 1, W), (B, F, H, 1), (B, 1, 1, 1)
    u = mirror * (dx * angle.cos() + dy * angle.sin()) / radius  # (B, F, H, W), the thing's own coordinates
    v = (dy * angle.cos() - dx * angle.sin()) / radius
    where = (torch.stack([u, v], dim=-1) / EXTENT).flatten(1, 2)  # (B, F*H, W, 2)
    thing = batch["thing"][:, k]
    distance = F.grid_sample(look["shapes"][thing], where, padding_mode="border", align_corners=True)  # (B, LAYERS, F*H, W)
    distance = distance.unflatten(2, (-1, height)) * (radius * pixels)[:, None]  # (B, LAYERS, F, H, W)
    cover = (0.5 - distance).clamp(0, 1) * batch["here"][:, k, None, None, None, None]
    a, b = (look["colours"][batch[name][:, k]][:, None] for name in ("colour", "to"))  # (B, 1, 3) each
    own = torch.lerp(a, b, changed(n, frames)[..., None])  # (B, F, 3)
    for layer in range(LAYERS):
        colour = torch.where(look["own"][thing, layer][:, None, None], own, look["paints"][thing, layer][:, None])  # (B, F, 3)
        image = torch.lerp(image, colour[..., None, None], cover[:, layer, :, None])
    return image


def draw_wall(image: Tensor, batch: Batch, window: Window, look: dict[str, Tensor]) -> Tensor:
    """A wall of bricks in front of the things."""
    wall = WORLD["wall"]
    x, y, pixels = window.at(1.0)
    dx, dy = x - batch["wall_x"][:, None, None, None], y - batch["wall_top"][:, None, None, None]  # (B, F, 1, W), (B, F, H, 1)
    below = y - wall["bottom"]

    def inside(distance: Tensor) -> Tensor:
        return (0.5 - distance * pixels).clamp(0, 1)

    row = torch.floor(dy / wall["course"])
    course = (dy - row * wall["course"]).sub(wall["course"] / 2).abs() - (wall["course"] - wall["joint"]) / 2
    along = dx + wall["half_width"] + torch.remainder(row, 2) * wall["brick"] / 2  # every second row is shifted by half a brick
    brick = (torch.remainder(along, wall["brick"]) - wall["brick"] / 2).abs() - (wall["brick"] - wall["joint"]) / 2
    cover = inside(dx.abs() - wall["half_width"]) * inside(torch.maximum(-dy, below))  # (B, F, H, W)
    cover = cover * batch["wall"][:, None, None, None]
    stone = (inside(course) * inside(brick))[:, :, None]  # (B, F, 1, H, W)
    joint, brick_colour = look["bricks"][:, :, None, None]
    return torch.lerp(image, torch.lerp(joint, brick_colour, stone), cover[:, :, None])


def draw_scenes(
    batch: Batch, look: dict[str, Tensor], frames: int, height: int, width: int, n: Tensor | None = None
) -> Tensor:
    """Draw scenes: (B, 3, F, H, W) in [0, 1]. Only what is there is drawn, and a backdrop that stands still once. look:
    `looks` of the device. n: (B, K) frames of each clip to draw, where not all F are wanted: (B, 3, K, H, W)."""
    like = batch["backdrop"]
    if n is None:
        n = torch.arange(frames, device=like.device, dtype=like.dtype).expand(len(like), -1)

    def window(part: Batch, n: Tensor) -> Window:
        return Window(part["camera"], n, frames, height, width, look)

    def some(mask: Tensor) -> list[tuple[Tensor, Batch, Tensor]]:
        rows = mask.nonzero()[:, 0]
        return [(rows, {name: values[rows] for name, values in batch.items()}, n[rows])] if len(rows) else []

    clip = torch.empty(*n.shape, 3, height, width, dtype=like.dtype, device=like.device)  # (B, K, 3, H, W)
    still = (look["pan"][batch["camera"]] == 0) & (look["zoom"][batch["camera"]] == 0) & (batch["start"] == batch["end"])
    for rows, part, _ in some(still):
        middle = like.new_tensor([(frames - 1) / 2])
        clip[rows] = draw_backdrop(part, window(part, middle), 0 * middle, look, still=True).expand(-1, n.shape[1], -1, -1, -1)
    for rows, part, when in some(~still):
        clip[rows] = draw_backdrop(part, window(part, when), changed(when, frames), look)
    for k in range(MAX_OBJECTS):
        for rows, part, when in some(batch["here"][:, k]):
            clip[rows] = draw_object(clip[rows], part, k, window(part, when), when, frames, look)
    for rows, part, when in some(batch["wall"]):
        clip[rows] = draw_wall(clip[rows], part, window(part, when), look)
    return clip.transpose(1, 2)


def render(
    scenes: list[Scene],
    frames: int = FRAMES,
    height: int = 32,
    width: int = 32,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> Tensor:
    """Draw scenes: (B, 3, F, H, W) in [0, 1]. Anti-aliased: a pixel's cover is 1/2 minus its distance in pixels."""
    batch, look = pack(scenes, device, dtype), looks(torch.device(device), dtype)
    return draw_scenes(batch, look, frames, height, width).contiguous()
