/**
 * The micro world: clips of 8 frames of 16 x 16 in which one big thing moves through the snow. Words, colours, laws and
 * painters are the little world's own; what is small is the choice. Of this choice the learner ticks what training shows.
 *
 * What it is not: it knows no network.
 */
import type { ClipShape } from '../sampling/types';
import { article } from '../world/caption';
import { poses } from '../world/laws';
import { planeOf, rasterAt } from '../world/paint';
import { render } from '../world/render';
import { sampleObject, type Draw, type Scene } from '../world/scene';
import { world } from '../world/world';
import { cleanDrawn, drawnWords, isVisible, paintDrawn, type Drawn } from './drawn';

export const microShape: ClipShape = { frames: 8, height: 16, width: 16 };
export const microColours = ['red', 'yellow', 'green', 'blue', 'purple', 'pink'] as const;
export const microMotions = ['left', 'right', 'up', 'down'] as const;
export const microThings = ['ball', 'box', 'star', 'heart'] as const;

/** What a clip shows, and what is asked for. */
export interface Cell {
  readonly colour: string | null; // null: the thing is one of the learner's own, which has its own colours
  readonly thing: string;
  readonly motion: string;
}

/**
 * What training shows: a clip is drawn where both of its pairs are ticked, each a colour and a word: "red left", "red ball". A
 * thing of the learner's own has one pair alone: "fish left".
 */
export interface Grid {
  readonly motions: readonly string[];
  readonly things: readonly string[];
  readonly drawn: readonly Drawn[];
}

export const pairOf = (colour: string, word: string): string => `${colour} ${word}`;

const pairs = (colours: readonly string[], words: readonly string[]): string[] =>
  colours.flatMap((colour) => words.map((word) => pairOf(colour, word)));

/**
 * Four colours, balls alone, to the left and to the right. But red and yellow balls move left alone, green and blue ones right
 * alone: what does a network make of a red ball that shall move right? With a single hole it puts the words together as it
 * should (docs/reference/learning.md has both).
 */
export const firstGrid: Grid = {
  motions: [...pairs(['red', 'yellow'], ['left']), ...pairs(['green', 'blue'], ['right'])],
  things: pairs(['red', 'yellow', 'green', 'blue'], ['ball']),
  drawn: [],
};

/** The same with every colour in both directions. */
export const fullGrid: Grid = { ...firstGrid, motions: pairs(['red', 'yellow', 'green', 'blue'], ['left', 'right']) };

/** A grid with what it knows alone, in its own order. Anything else may stand in the places of its lists. */
export function tidied({ motions, things, drawn }: { readonly [Key in keyof Grid]?: unknown }): Grid {
  const own = cleanDrawn(drawn);
  const known = (rows: readonly string[], words: readonly string[], ticked: unknown) =>
    Array.isArray(ticked) ? pairs(rows, words).filter((pair) => ticked.includes(pair)) : [];
  const rows = [...microColours, ...own.map(({ word }) => word)];
  return { motions: known(rows, microMotions, motions), things: known(microColours, microThings, things), drawn: own };
}

/** Tick or untick a pair. */
export function ticked(grid: Grid, kind: 'motions' | 'things', pair: string, on: boolean): Grid {
  const others = grid[kind].filter((each) => each !== pair);
  return tidied({ ...grid, [kind]: on ? [...others, pair] : others });
}

/** A thing of the learner's own in the place of the one that had its word. One that is seen for the first time goes left and right. */
export function withDrawn(grid: Grid, drawn: Drawn): Grid {
  const before = grid.drawn.find(({ word }) => word === drawn.word);
  const fresh = isVisible(drawn) && !(before && isVisible(before));
  const motions = fresh ? [...grid.motions, ...pairs([drawn.word], ['left', 'right'])] : grid.motions;
  return tidied({ ...grid, motions, drawn: [...grid.drawn.filter((each) => each !== before), drawn] });
}

const drawnOf = (grid: Grid, { thing }: Cell): Drawn | undefined =>
  grid.drawn.find((drawn) => drawn.word === thing && isVisible(drawn));

export function isShown(grid: Grid, cell: Cell): boolean {
  const { colour, thing, motion } = cell;
  if (colour === null) return grid.motions.includes(pairOf(thing, motion)) && drawnOf(grid, cell) !== undefined;
  return grid.motions.includes(pairOf(colour, motion)) && grid.things.includes(pairOf(colour, thing));
}

const cells: readonly Cell[] = [
  ...microColours.flatMap((colour) =>
    microThings.flatMap((thing) => microMotions.map((motion) => ({ colour, thing, motion }))),
  ),
  ...drawnWords.flatMap((thing) => microMotions.map((motion) => ({ colour: null, thing, motion }))),
];

/** Everything that training shows: each as often as any other. */
export const shownBy = (grid: Grid): readonly Cell[] => cells.filter((cell) => isShown(grid, cell));

/** Holes: each word of them is shown, but not together. */
export function holesOf(grid: Grid): readonly Cell[] {
  const shown = shownBy(grid);
  const knows = (key: keyof Cell, word: string | null) => shown.some((cell) => cell[key] === word);
  const familiar = (cell: Cell) => (['colour', 'thing', 'motion'] as const).every((key) => knows(key, cell[key]));
  return cells.filter((cell) => !isShown(grid, cell) && familiar(cell));
}

/** "A red ball moving left.", "A fish moving left." */
export function microCaption({ colour, thing, motion }: Cell): string {
  const text = article([colour, thing, world.motions[motion].phrase].filter(Boolean).join(' '));
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** Every caption that a clip here may have. */
export const captions: ReadonlySet<string> = new Set(cells.map(microCaption));

/** A scene of what is asked for; where it stands and how fast it is, chance says. A thing of the learner's own is left out of it. */
export function microScene(draw: Draw, { colour, thing, motion }: Cell): Scene {
  const choice = { sizes: ['big'], motions: [motion], speeds: ['fast'] };
  const object = sampleObject(draw, 1, choice, microShape.frames);
  const objects = [colour === null ? object : { ...object, colour, thing }];
  return { setting: 'snow', camera: 'stands', backdrop: 0, objects };
}

/** A clip of it, 3 x frames x height x width, -1 .. 1. `grid` knows what the learner has drawn. */
export function microClip(draw: Draw, cell: Cell, grid?: Grid): Float32Array {
  const scene = microScene(draw, cell);
  const drawn = grid && cell.colour === null && drawnOf(grid, cell);
  const clip = render(drawn ? { ...scene, objects: [] } : scene, microShape);
  if (drawn) {
    const at = rasterAt(microShape, 1);
    poses(scene.objects[0], microShape.frames).forEach((pose, n) => paintDrawn(planeOf(clip, n, microShape), at, drawn, pose)); // prettier-ignore
  }
  return clip.map((value) => 2 * value - 1);
}

/** The snow alone. */
export function emptyClip(): Float32Array {
  const scene: Scene = { setting: 'snow', camera: 'stands', backdrop: 0, objects: [] };
  return render(scene, microShape).map((value) => 2 * value - 1);
}
