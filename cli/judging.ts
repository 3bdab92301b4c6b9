/** A folder of clips, judged: what `evaluate` says, as numbers, as Markdown and as pictures. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import {
  asked,
  bootstrap,
  MeasureError,
  readClip,
  sceneOf,
  score,
  wilson,
  type Reading,
  type Score,
  type Verdict,
} from '../src/measure';
import type { ClipShape } from '../src/sampling/types';
import { draws, render } from '../src/world';

export interface Folder {
  readonly shape: ClipShape;
  readonly items: readonly { readonly prompt: string; readonly seed: number }[];
  readonly settings: unknown;
  readonly model: unknown;
  readonly bytes: Uint8Array; // N x 3 x frames x height x width
}

/** Throws MeasureError where the two files are missing or do not belong together. */
export function readFolder(path: string, most = Infinity): Folder {
  for (const name of ['clips.json', 'clips.bin'])
    if (!existsSync(join(path, name)))
      throw new MeasureError(`there is no ${name} in ${path}`, 'write it with training/sample.py');
  const bytes = readFileSync(join(path, 'clips.bin'));
  let about: Omit<Folder, 'bytes'>;
  try {
    about = JSON.parse(readFileSync(join(path, 'clips.json'), 'utf8')) as Omit<Folder, 'bytes'>;
  } catch {
    throw new MeasureError(`${join(path, 'clips.json')} is no JSON`, 'write it again with training/sample.py');
  }
  const { shape, items, settings, model } = about;
  const size = 3 * (shape?.frames ?? 0) * (shape?.height ?? 0) * (shape?.width ?? 0);
  if (!Array.isArray(items) || !items.length || bytes.length !== size * items.length)
    throw new MeasureError(
      `clips.bin holds ${bytes.length} bytes where ${items?.length ?? 'no'} clips of ${size} belong`,
      'write the folder again with training/sample.py',
    );
  if (!items.every(({ prompt }) => typeof prompt === 'string'))
    throw new MeasureError('a clip has no prompt', 'give each item of clips.json one');
  return { shape, items: items.slice(0, most), settings, model, bytes };
}

/** Clip `index` as numbers -1 .. 1. */
export function clipAt({ bytes, shape }: Pick<Folder, 'bytes' | 'shape'>, index: number): Float32Array {
  const size = 3 * shape.frames * shape.height * shape.width;
  return Float32Array.from(bytes.subarray(index * size, (index + 1) * size), (value) => value / 127.5 - 1);
}

export interface Bar {
  readonly right: number;
  readonly undecided: number;
  readonly total: number;
}

const measures = [
  'colour',
  'thing',
  'size',
  'motion',
  'speed',
  'setting',
  'camera',
  'count',
  'binding',
  'strict',
  'identity',
] as const;
type Measure = (typeof measures)[number];
type Bars = Record<Measure, Bar>;
export type Kind = 'clips' | 'ceiling' | 'floor';

export interface Report {
  readonly settings: unknown;
  readonly model: unknown;
  readonly shape: ClipShape;
  readonly count: number;
  readonly bars: Record<Kind, Bars>;
  readonly means: Record<
    'clips' | 'ceiling',
    Record<
      'consistency' | 'flicker' | 'appeared' | 'vanished' | 'lawResidual' | 'gravity',
      { mean: number; interval: readonly [number, number] } | null
    >
  >;
  readonly confusions: readonly (readonly [string, number])[];
  readonly items: readonly {
    prompt: string;
    seed: number;
    strict: boolean;
    right: number;
    asked: number;
    seen: string;
  }[];
  readonly worst: readonly number[];
  readonly best: readonly number[];
}

export function judgeFolder(folder: Folder, onProgress: (done: number, total: number) => void = () => {}): Report {
  const { items, shape } = folder;
  const [readings, truths]: Reading[][] = [[], []];
  items.forEach(({ prompt, seed }, i) => {
    readings.push(readClip(clipAt(folder, i), shape));
    const truth = render(sceneOf(asked(prompt), seed), shape);
    truths.push(
      readClip(
        truth.map((value) => (Math.round(255 * value) / 255) * 2 - 1),
        shape,
      ),
    );
    onProgress(i + 1, items.length);
  });
  const clips = items.map(({ prompt }, i) => score(readings[i], prompt));
  const ceiling = items.map(({ prompt }, i) => score(truths[i], prompt));
  const order = derangement(items.length);
  const floor = items.map((_, i) => score(readings[i], items[order[i]].prompt));
  const confusions = new Map<string, number>();
  for (const { words } of clips)
    for (const { attribute, asked: want, seen, verdict } of words)
      if (verdict !== 'right') {
        const what = `${attribute}: ${want} read as ${seen ?? 'nothing'}`;
        confusions.set(what, (confusions.get(what) ?? 0) + 1);
      }
  const rightness = clips.map(
    ({ words }) => words.filter(({ verdict }) => verdict === 'right').length / Math.max(1, words.length),
  );
  const ranked = items
    .map((_, i) => i)
    .sort((a, b) => rightness[a] - rightness[b] || sureness(readings[a]) - sureness(readings[b]));
  return {
    settings: folder.settings,
    model: folder.model,
    shape,
    count: items.length,
    bars: { clips: bars(clips), ceiling: bars(ceiling), floor: bars(floor) },
    means: { clips: means(readings, clips), ceiling: means(truths, ceiling) },
    confusions: [...confusions].sort((a, b) => b[1] - a[1]),
    items: items.map(({ prompt, seed }, i) => ({
      prompt,
      seed,
      strict: clips[i].strict,
      right: clips[i].words.filter(({ verdict }) => verdict === 'right').length,
      asked: clips[i].words.length,
      seen: describe(readings[i]),
    })),
    worst: ranked.slice(0, 12),
    best: ranked.slice(-12).reverse(),
  };
}

/** How well what was seen explains the pixels, to rank clips that score alike. */
const sureness = ({ objects }: Reading): number =>
  objects.reduce(
    (sum, { track }) => sum + track.reduce((total, { explained }) => total + explained, 0) / track.length,
    0,
  );

export function describe({ seen, setting, camera, objects }: Reading): string {
  if (!seen) return 'nothing';
  const all = objects.map(({ size, colour, thing, motion, speed }) =>
    [size, colour, thing, motion, speed].filter(Boolean).join(' '),
  );
  return [...(all.length ? all : ['no object']), setting, ...(camera === 'stands' ? [] : [`camera ${camera}`])].join(
    ', ',
  );
}

/** Everyone gets someone else's prompt; the same each time. */
function derangement(count: number): number[] {
  const draw = draws(1);
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(draw() * i); // never i itself: Sattolo's rule makes one cycle of all
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

function bars(scores: readonly Score[]): Bars {
  const verdicts = (name: Measure): (Verdict | null)[] =>
    name === 'binding'
      ? scores.map(({ binding }) => (binding === null ? null : binding ? 'right' : 'wrong'))
      : name === 'strict'
        ? scores.map(({ strict }) => (strict ? 'right' : 'wrong'))
        : name === 'identity'
          ? scores.map(({ identity }) => identity)
          : scores.flatMap(({ words }) =>
              words.filter(({ attribute }) => attribute === name).map(({ verdict }) => verdict),
            );
  return Object.fromEntries(
    measures.map((name) => {
      const given = verdicts(name).filter((verdict) => verdict !== null);
      const count = (kind: Verdict): number => given.filter((verdict) => verdict === kind).length;
      return [name, { right: count('right'), undecided: count('undecided'), total: given.length }];
    }),
  ) as Bars;
}

function means(readings: readonly Reading[], scores: readonly Score[]): Report['means']['clips'] {
  const figure = (values: readonly (number | null)[]) => {
    const given = values.filter((value) => value !== null);
    return given.length ? { mean: given.reduce((a, b) => a + b, 0) / given.length, interval: bootstrap(given) } : null;
  };
  return {
    consistency: figure(scores.map(({ consistency }) => consistency)),
    flicker: figure(readings.map(({ flicker }) => flicker)),
    appeared: figure(scores.map(({ appeared }) => appeared)),
    vanished: figure(scores.map(({ vanished }) => vanished)),
    lawResidual: figure(readings.flatMap(({ objects }) => objects.map(({ law }) => law.residual))),
    gravity: figure(
      readings.flatMap(({ objects }) => objects.map(({ law, motion }) => (motion === law.motion ? law.gravity : null))),
    ),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}`;

export function markdown({
  bars: all,
  means: figures,
  count,
  shape,
  confusions,
  items,
  worst,
  best,
  model,
  settings,
}: Report): string {
  const lines = [
    `# ${count} clips of ${shape.frames} x ${shape.height} x ${shape.width}`,
    '',
    `Model ${JSON.stringify(model)}, settings ${JSON.stringify(settings)}.`,
    '',
    'Share right in percent, with Wilson 95 % intervals. Undecided: the reader can not tell, which counts as not right.',
    'Ceiling: the same reader on true renders of what the prompts ask. Floor: the clips judged by shuffled prompts.',
    '',
    '| | right | 95 % | undecided | ceiling | floor | of |',
    '|---|---|---|---|---|---|---|',
  ];
  for (const name of measures) {
    const { right, undecided, total } = all.clips[name];
    if (!total) continue;
    const [low, high] = wilson(right, total);
    const share = ({ right: r, total: t }: Bar): string => (t ? percent(r / t) : '-');
    const floor = name === 'identity' ? '-' : share(all.floor[name]);
    lines.push(
      `| ${name} | ${percent(right / total)} | ${percent(low)} .. ${percent(high)} | ${percent(undecided / total)} | ${share(all.ceiling[name])} | ${floor} | ${total} |`,
    );
  }
  lines.push('', '| | clips | 95 % (bootstrap) | true renders |', '|---|---|---|---|');
  const names = {
    consistency: 'share of frames in which the object is there',
    flicker: 'change of the empty backdrop a frame (black to white is 1)',
    appeared: 'objects from nowhere, a clip',
    vanished: 'objects to nowhere, a clip',
    lawResidual: 'distance from the law that fits best, frame heights',
    gravity: 'gravity of what is seen to fall or bounce, in units of the world',
  } as const;
  for (const [name, text] of Object.entries(names) as [keyof typeof names, string][]) {
    const [own, true_] = [figures.clips[name], figures.ceiling[name]];
    if (own)
      lines.push(
        `| ${text} | ${own.mean.toFixed(4)} | ${own.interval.map((x) => x.toFixed(4)).join(' .. ')} | ${true_ ? true_.mean.toFixed(4) : '-'} |`,
      );
  }
  lines.push(
    '',
    'Most frequent misses:',
    '',
    ...confusions.slice(0, 15).map(([what, times]) => `- ${times} x ${what}`),
  );
  const list = (title: string, indices: readonly number[]): void => {
    lines.push('', `${title}, from top to bottom:`, '');
    for (const i of indices)
      lines.push(
        `1. "${items[i].prompt}" (seed ${items[i].seed}): ${items[i].right} of ${items[i].asked}; seen: ${items[i].seen}`,
      );
  };
  list('Worst clips (worst.png)', worst);
  list('Best clips (best.png)', best);
  return `${lines.join('\n')}\n`;
}

/** Clips below each other, eight of their frames across. */
export function contactSheet(folder: Folder, indices: readonly number[]): Buffer {
  const { frames, height, width } = folder.shape;
  const [scale, gap, plane] = [3, 2, height * width];
  const shown = Array.from({ length: Math.min(8, frames) }, (_, k) =>
    Math.round((k * (frames - 1)) / Math.max(1, Math.min(8, frames) - 1)),
  );
  const png = new PNG({
    width: shown.length * (width * scale + gap) + gap,
    height: indices.length * (height * scale + gap) + gap,
  });
  png.data.fill(255);
  indices.forEach((index, line) =>
    shown.forEach((n, cell) => {
      for (let y = 0; y < height * scale; y++)
        for (let x = 0; x < width * scale; x++) {
          const to =
            4 * ((gap + line * (height * scale + gap) + y) * png.width + gap + cell * (width * scale + gap) + x);
          const from = n * plane + Math.floor(y / scale) * width + Math.floor(x / scale);
          for (let c = 0; c < 3; c++) png.data[to + c] = folder.bytes[(3 * index + c) * frames * plane + from];
        }
    }),
  );
  return PNG.sync.write(png);
}
