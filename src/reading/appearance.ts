/** What a thing looks like whatever its pose: its layers, their colours, how far it reaches and how large its parts are. */
import { lerp } from '../world/arithmetic';
import { distanceFields, extent, grid } from '../world/shapes';
import { world } from '../world/world';

export interface Appearance {
  readonly thing: string;
  readonly mirror: 1 | -1; // -1: it looks left
  readonly plain: boolean; // without its marks
  readonly fields: readonly Float64Array[];
  readonly paints: Float32Array; // layers x 3, 0 .. 1; as it begins, where it turns into another colour
  readonly turning?: readonly Float32Array[]; // the same for each frame
  readonly reach: number; // farthest that it extends, in radii
}

/** A point still belongs to a thing that reaches to within this many radii of it: a cell of the grid is 0.034. */
const nearly = 0.02;
/** A layer that lies this far (in radii) outside the outline somewhere is no mark but a part of the shape. */
const outside = 0.1;

const cell = (2 * extent) / (grid - 1); // side of a cell of the distance grid, in radii
/** Cell `i` of the grid in the thing's own coordinates. */
const placeOf = (i: number): [number, number] => [-extent + cell * (i % grid), -extent + cell * Math.floor(i / grid)];

/** Makes a value for a key once. */
function once<T>(make: (...key: string[]) => T): (...key: string[]) => T {
  const made = new Map<string, T>();
  return (...key) => {
    const name = key.join(' ');
    let value = made.get(name);
    if (value === undefined) made.set(name, (value = make(...key)));
    return value;
  };
}

/** A `plain` appearance has no marks: what a thing shows inside its own outline (a highlight, an eye) is left out. */
export function appearanceOf(thing: string, colour: string, mirror: 1 | -1 = 1, plain = false): Appearance {
  const key = `${thing} ${colour} ${mirror} ${plain}`;
  let made = appearances.get(key);
  if (!made) appearances.set(key, (made = makeAppearance(thing, colour, mirror, plain)));
  return made;
}

const appearances = new Map<string, Appearance>();

function makeAppearance(thing: string, colour: string, mirror: 1 | -1, plain: boolean): Appearance {
  const own = distanceFields(thing);
  const layers = world.things[thing].layers
    .map(({ paint }, i) => ({ paint, field: own[i] }))
    .filter(
      ({ paint, field }) =>
        !plain || paint === 'self' || field.some((distance, i) => distance < 0 && own[0][i] > outside),
    );
  const paints = layers.flatMap(({ paint }) => [...(paint === 'self' ? world.colours[colour] : world.paints[paint])]);
  const fields = layers.map(({ field }) => field);
  let reach = 0;
  for (const field of fields)
    field.forEach((distance, i) => {
      if (distance <= nearly) reach = Math.max(reach, Math.hypot(...placeOf(i)));
    });
  return { thing, mirror, plain, fields, paints: Float32Array.from(paints, (value) => value / 255), reach };
}

/** What it looks like, turning from one colour into another; `changed` is how far it has come in each frame, 0 .. 1. */
export function turningAppearance(
  appearance: Appearance,
  from: string,
  to: string,
  changed: readonly number[],
): Appearance {
  const other = appearanceOf(appearance.thing, to, appearance.mirror, appearance.plain).paints;
  const start = appearanceOf(appearance.thing, from, appearance.mirror, appearance.plain).paints;
  return {
    ...appearance,
    paints: start,
    turning: changed.map((share) => start.map((c, i) => lerp(c, other[i], share))),
  };
}

/** Area (in squared radii) and middle of a thing's own-coloured part that is seen, in its own coordinates. */
export interface Moments {
  readonly area: number;
  readonly u: number;
  readonly v: number;
}

export const momentsOf = once((thing): Moments => {
  const { layers } = world.things[thing];
  const fields = distanceFields(thing);
  let [area, u, v] = [0, 0, 0];
  for (let i = 0; i < grid * grid; i++) {
    const top = layers.findLastIndex((_, layer) => fields[layer][i] < 0);
    if (top < 0 || layers[top].paint !== 'self') continue;
    const [x, y] = placeOf(i);
    area += cell * cell;
    u += x * cell * cell;
    v += y * cell * cell;
  }
  return { area, u: u / area, v: v / area };
});

/** Area of everything that belongs to a thing, in squared radii. */
export const areaOf = once((thing): number => {
  const fields = distanceFields(thing);
  let area = 0;
  for (let i = 0; i < grid * grid; i++) if (fields.some((field) => field[i] < 0)) area += cell * cell;
  return area;
});
