/** The proof itself, as numbers: scenes of known seeds, spoiled, read, compared with the truth. Shared by tests. */
import { readClip, undecided, type Reading, type SeenObject } from '../src/reading';
import { normals } from '../src/sampling/noise';
import type { ClipShape } from '../src/sampling/types';
import { draws, render, sampleScene, world, type Scene, type WorldObject } from '../src/world';

export interface Row {
  readonly name: string;
  right: number;
  decided: number;
  total: number;
}

export interface Proof {
  readonly shape: ClipShape;
  readonly count: number;
  readonly rows: readonly Row[];
  readonly confusions: readonly (readonly [string, number])[];
  readonly mistakes: readonly string[];
  readonly collisions: readonly { readonly momentum: number; readonly energy: number; readonly residual: number }[];
  readonly floor: { readonly median: number; readonly most: number; readonly count: number };
  readonly milliseconds: number;
}

const spoilStream = 0x73706f69;

/** What storage and a soft model do to a clip: blur, noise, 8 bits. In 0 .. 1, out -1 .. 1. */
export function spoil(
  clip: Float32Array,
  { height, width }: ClipShape,
  seed: number,
  noise: number,
  blur: number,
): Float32Array {
  const [plane, out] = [height * width, new Float32Array(clip.length)];
  const dirt = normals(seed, spoilStream, clip.length);
  const line = new Float32Array(plane);
  for (let start = 0; start < clip.length; start += plane) {
    for (let i = 0; i < plane; i++) {
      const column = i % width;
      const [a, b] = [column > 0 ? i - 1 : i, column < width - 1 ? i + 1 : i];
      line[i] = (1 - 2 * blur) * clip[start + i] + blur * (clip[start + a] + clip[start + b]);
    }
    for (let i = 0; i < plane; i++) {
      const [a, b] = [i >= width ? i - width : i, i < plane - width ? i + width : i];
      const value = (1 - 2 * blur) * line[i] + blur * (line[a] + line[b]) + noise * dirt[start + i];
      out[start + i] = (Math.round(255 * Math.min(1, Math.max(0, value))) / 255) * 2 - 1;
    }
  }
  return out;
}

/** Which seen object is which: the pairing that agrees in most words. */
export function pairing(truth: readonly WorldObject[], seen: readonly SeenObject[]): (SeenObject | undefined)[] {
  const agree = (object: WorldObject, other: SeenObject | undefined): number =>
    other
      ? 4 * Number(object.colour === other.colour) +
        2 * Number(object.thing === other.thing) +
        Number(object.motion === other.motion) +
        0.5
      : 0;
  const place = (from: number, free: readonly SeenObject[]): { list: (SeenObject | undefined)[]; worth: number } => {
    if (from === truth.length) return { list: [], worth: 0 };
    let best = { list: [] as (SeenObject | undefined)[], worth: -1 };
    for (const other of [...free, undefined]) {
      const rest = place(from + 1, free.filter((each) => each !== other)); // prettier-ignore
      const worth = rest.worth + agree(truth[from], other);
      if (worth > best.worth) best = { list: [other, ...rest.list], worth };
    }
    return best;
  };
  return place(0, seen).list;
}

export const attributes = ['colour', 'to', 'thing', 'size', 'motion', 'speed'] as const;

export interface Kind {
  readonly objects?: 1 | 2;
  readonly plot?: string; // none: one or two things by the world's odds
  readonly frames?: number;
}

export function proofScene(seed: number, kind: Kind = {}): Scene {
  return sampleScene(draws(seed), { holes: true, ...kind });
}

const square = (size: number): ClipShape => ({ frames: world.frames, height: size, width: size });

export function spoiledClip(
  scene: Scene,
  size: number | ClipShape,
  seed: number,
  { noise = 0.02, blur = 0.125 }: Spoiling = {},
) {
  const shape = typeof size === 'number' ? square(size) : size;
  return { clip: spoil(render(scene, shape), shape, seed, noise, blur), shape };
}

export interface Spoiling {
  readonly noise?: number; // standard deviation, black to white is 1
  readonly blur?: number; // share of a pixel's light that goes to each neighbour, first across and then down
}

export function prove(
  count: number,
  size: number | ClipShape,
  seed: number,
  { noise, blur, ...kind }: Spoiling & Omit<Kind, 'frames'> = {},
): Proof {
  const shape = typeof size === 'number' ? square(size) : size;
  const collisions: Proof['collisions'][number][] = [];
  const rows = new Map<string, Row>();
  const confusions = new Map<string, number>();
  const mistakes: string[] = [];
  const errors: number[] = [];
  const warmUp = Math.min(10, count - 1); // clips that are not timed: the engine compiles
  let milliseconds = 0;
  for (let i = 0; i < count; i++) {
    const scene = proofScene(seed + i, { ...kind, frames: shape.frames });
    const { clip } = spoiledClip(scene, shape, seed + i, { noise, blur });
    const start = process.cpuUsage(); // of this process alone: the machine may be busy with others
    const reading = readClip(clip, shape);
    if (i >= warmUp) {
      const { user, system } = process.cpuUsage(start);
      milliseconds += (user + system) / 1000 / (count - warmUp);
    }
    compare(scene, reading, (name, truth, seen, about) => {
      const row = rows.get(name) ?? { name, right: 0, decided: 0, total: 0 };
      rows.set(name, row);
      row.total++;
      if (seen !== undecided) row.decided++;
      if (seen === truth) row.right++;
      else {
        const what = `${name}: ${truth} read as ${seen}`;
        confusions.set(what, (confusions.get(what) ?? 0) + 1);
        mistakes.push(`seed ${seed + i} ${what} | ${about}`);
      }
    });
    const { law } = reading.objects.find(({ law: { collision } }) => collision) ?? {};
    if (law?.collision && world.motions[scene.objects[0].motion].joint)
      collisions.push({ ...law.collision, residual: law.residual });
    for (const [object, seen] of pairing(scene.objects, reading.objects).map((s, k) => [scene.objects[k], s] as const))
      if (seen && world.motions[object.motion].law === 'uniform' && seen.motion === object.motion)
        errors.push(Math.hypot(seen.law.velocity[0] - object.vx, seen.law.velocity[1] - object.vy));
  }
  errors.sort((a, b) => a - b);
  return {
    shape,
    count,
    collisions,
    rows: ['setting', 'light', 'camera', 'wall', 'picture', 'count', ...attributes].flatMap(
      (name) => rows.get(name) ?? [],
    ),
    confusions: [...confusions].sort((a, b) => b[1] - a[1]),
    mistakes,
    floor: {
      median: errors[errors.length >> 1] ?? NaN,
      most: errors[Math.floor(0.95 * errors.length)] ?? NaN,
      count: errors.length,
    },
    milliseconds,
  };
}

function compare(
  scene: Scene,
  reading: Reading,
  judge: (name: string, truth: string, seen: string, about: string) => void,
): void {
  const all = scene.objects
    .map((o) => `${o.size} ${o.colour}${o.to ? ` to ${o.to}` : ''} ${o.thing} ${o.motion} ${o.speed ?? ''}`.trim())
    .join(' + ');
  const about = `${all}, ${scene.setting}, camera ${scene.camera}`;
  judge('setting', scene.setting, reading.setting, about);
  if (scene.light) judge('light', scene.light, reading.light, about);
  judge('camera', scene.camera, reading.camera, about);
  if (scene.wall) {
    const through = reading.objects.some(({ hides, identity }) => hides && identity === true);
    judge('wall', 'hides it, and it is the same again', reading.wall ? (through ? 'hides it, and it is the same again' : 'a wall') : 'none', about); // prettier-ignore
  } else if (reading.wall) judge('wall', 'none', 'a wall', about);
  if (scene.picture) judge('picture', 'true', String(reading.still), about);
  judge('count', String(scene.objects.length), String(reading.objects.length), about);
  pairing(scene.objects, reading.objects).forEach((seen, i) => {
    const object = scene.objects[i];
    for (const name of attributes) {
      if (name === 'speed' && object.speed === null) continue;
      if (name === 'to' && !object.to && !seen?.to) continue;
      judge(name, String(object[name] ?? 'none'), seen ? String(seen[name]) : undecided, about);
    }
  });
}
