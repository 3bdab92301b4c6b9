/**
 * The micro world: clips of 8 frames of 16 x 16 in which one big thing moves through the snow. Words, colours, laws and
 * painters are the little world's own; what is small is the choice. Of this choice the learner ticks what training shows.
 *
 * What it is not: it knows no network.
 */
import type { ClipShape } from '../sampling/types';
import { article } from '../world/caption';
import { render } from '../world/render';
import { sampleObject, type Draw, type Scene } from '../world/scene';
import { world } from '../world/world';

export const microShape: ClipShape = { frames: 8, height: 16, width: 16 };
export const microColours = ['red', 'yellow', 'green', 'blue', 'purple', 'pink'] as const;
export const microMotions = ['left', 'right', 'up', 'down'] as const;
export const microThings = ['ball', 'box', 'star', 'heart'] as const;

/** What a clip shows, and what is asked for. */
export interface Cell {
  readonly colour: string;
  readonly thing: string;
  readonly motion: string;
}

/** What training shows: a clip is drawn where both of its pairs are ticked, each a colour and a word: "red left", "red ball". */
export interface Grid {
  readonly motions: readonly string[];
  readonly things: readonly string[];
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
};

/** The same with every colour in both directions. */
export const fullGrid: Grid = { ...firstGrid, motions: pairs(['red', 'yellow', 'green', 'blue'], ['left', 'right']) };

/** A grid with what it knows alone, in its own order. */
export function tidied({ motions, things }: Grid): Grid {
  const known = (words: readonly string[], ticked: readonly string[]) =>
    pairs(microColours, words).filter((pair) => ticked.includes(pair));
  return { motions: known(microMotions, motions), things: known(microThings, things) };
}

/** Tick or untick a pair. */
export function ticked(grid: Grid, kind: keyof Grid, pair: string, on: boolean): Grid {
  const others = grid[kind].filter((each) => each !== pair);
  return tidied({ ...grid, [kind]: on ? [...others, pair] : others });
}

export const isShown = ({ motions, things }: Grid, { colour, thing, motion }: Cell): boolean =>
  motions.includes(pairOf(colour, motion)) && things.includes(pairOf(colour, thing));

const cells: readonly Cell[] = microColours.flatMap((colour) =>
  microThings.flatMap((thing) => microMotions.map((motion) => ({ colour, thing, motion }))),
);

/** Everything that training shows: each as often as any other. */
export const shownBy = (grid: Grid): readonly Cell[] => cells.filter((cell) => isShown(grid, cell));

/** Holes: each word of them is shown, but not together. */
export function holesOf(grid: Grid): readonly Cell[] {
  const shown = shownBy(grid);
  const knows = (key: keyof Cell, word: string) => shown.some((cell) => cell[key] === word);
  const familiar = (cell: Cell) => (['colour', 'thing', 'motion'] as const).every((key) => knows(key, cell[key]));
  return cells.filter((cell) => !isShown(grid, cell) && familiar(cell));
}

/** "A red ball moving left." */
export function microCaption({ colour, thing, motion }: Cell): string {
  const text = article([colour, thing, world.motions[motion].phrase].join(' '));
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** Every caption that a clip here may have. */
export const captions: ReadonlySet<string> = new Set(cells.map(microCaption));

/** A scene of what is asked for; where it stands and how fast it is, chance says. */
export function microScene(draw: Draw, { colour, thing, motion }: Cell): Scene {
  const choice = { sizes: ['big'], motions: [motion], speeds: ['fast'] };
  const object = { ...sampleObject(draw, 1, choice, microShape.frames), colour, thing };
  return { setting: 'snow', camera: 'stands', backdrop: 0, objects: [object] };
}

/** A clip of it, 3 x frames x height x width, -1 .. 1. */
export function microClip(draw: Draw, cell: Cell): Float32Array {
  return render(microScene(draw, cell), microShape).map((value) => 2 * value - 1);
}

/** The snow alone. */
export function emptyClip(): Float32Array {
  const scene: Scene = { setting: 'snow', camera: 'stands', backdrop: 0, objects: [] };
  return render(scene, microShape).map((value) => 2 * value - 1);
}
