/** The report card in Markdown: short enough for a model card. */
import { meanNames, measures, type Bar, type Judgement, type Mean } from './attributes';
import { keptAt, type EditingJudgement } from './editing';
import { openNames, type OpenFigure } from './open';
import type { DiversityRow, NoveltyJudgement } from './novelty';
import { sides, type PhysicsJudgement, type Row } from './physics';
import type { Report } from './report';
import { aimsOf, type SetRow } from './sets';
import { attributesSentence, bindingSentence, diversitySentence, editingSentence, noveltySentence, percent, physicsSentence, scalingSentence, shareOf } from './sentences'; // prettier-ignore
import { wilson } from './statistics';

export const meanTexts: Readonly<Record<(typeof meanNames)[number], string>> = {
  consistency: 'share of frames in which the object is there',
  flicker: 'change of the empty backdrop a frame (black to white is 1)',
  appeared: 'objects from nowhere, a clip',
  vanished: 'objects to nowhere, a clip',
  lawResidual: 'distance from the law that fits best, frame heights',
  gravity: 'gravity of what is seen to fall or bounce, in units of the world',
};

export const sideTexts: Readonly<Record<(typeof sides)[number], string>> = {
  clips: 'model',
  floor: "reader's own error",
  copy: 'last frame again',
  constant: 'straight on',
  nearest: 'nearest training clip',
};

/** Settings in words. */
export function settingsText({ settings }: Pick<Report, 'settings'>): string {
  const { steps, sampler, guidance } = settings;
  return [steps && `${steps} ${sampler} steps`, guidance && `guidance ${guidance.scale}`].filter(Boolean).join(', ');
}

/** The model, and whether its clips were judged as it made them. */
export const titleOf = ({ model, decoder }: Pick<Report, 'model' | 'decoder'>): string =>
  decoder ? `${model.name}, drawn by the decoder` : model.name;

export function markdown(report: Report): string {
  const { shape, attributes, binding, physics, novelty, diversity, editing, scaling, sets } = report;
  const facts = [`Clips of ${shape.frames} x ${shape.height} x ${shape.width}`, settingsText(report)].filter(Boolean);
  const parts = [`# ${titleOf(report)}, read back by machine`, `${facts.join(', ')}.`];
  if (attributes) {
    const { judgement } = attributes;
    parts.push('## What was asked, and what is seen', attributesSentence(judgement), barsTable(judgement), meansTable(judgement)); // prettier-ignore
  }
  if (binding) parts.push('## Two things', bindingSentence(binding.judgement), barsTable(binding.judgement));
  if (physics) parts.push('## Physics', physicsSentence(physics.judgement), physicsText(physics.judgement));
  if (novelty) parts.push('## New, or copied?', noveltySentence(novelty.judgement), noveltyText(novelty.judgement));
  if (diversity.length)
    parts.push('## As varied as the world?', diversitySentence(diversity), diversityText(diversity));
  if (editing) {
    parts.push('## Made from what is given', editingSentence(editing));
    if (editing.given.length) parts.push(givenText, table(givenHead, givenLines(editing)), seamedText(editing));
    if (editing.strengths.length) parts.push(strengthText, table(strengthHead(editing), strengthLines(editing)));
  }
  if (scaling.length) parts.push('## More training', scalingSentence(scaling), scalingTable(report));
  for (const [name, rows] of byModel(sets)) {
    parts.push(`## What ${name} can draw, plot by plot`);
    if (aimsOf(rows).length) parts.push(table(aimHead, aimLines(rows)));
    parts.push(table(setHead(rows), setLines(rows)));
    const missed = rows.flatMap(({ name: set, confusions }) => confusions.slice(0, 3).map(([what, times]) => `- ${set}: ${times} x ${what}`)); // prettier-ignore
    if (missed.length) parts.push(missed.join('\n'));
  }
  for (const [name, judged] of [
    ['one thing', attributes],
    ['two things', binding],
  ] as const)
    if (judged) parts.push(`## Most frequent misses, ${name}`, misses(judged.judgement));
  return `${parts.join('\n\n')}\n`;
}

const table = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The sets of each model, in the order in which they were drawn. */
export const byModel = (sets: readonly SetRow[]): [string, SetRow[]][] =>
  [...new Set(sets.map(({ model }) => model))].map((name) => [name, sets.filter(({ model }) => model === name)]);

const share = ({ right, total }: Bar): string => (total ? percent(right / total) : '-');
const interval = (bar: Bar): string => wilson(bar.right, bar.total).map((value) => percent(value)).join(' .. '); // prettier-ignore

export const aimHead = ['aim', 'right, %', '95 %', 'of', 'we aim at', 'reached'];
export const aimLines = (rows: readonly SetRow[]): string[][] =>
  aimsOf(rows).map(({ name, bar, aim, reached }) => [name, share(bar), interval(bar), String(bar.total), aim, reached === null ? '-' : reached ? 'yes' : 'no']); // prettier-ignore

const measuredIn = (rows: readonly SetRow[]) =>
  measures.filter((name) => name !== 'strict' && name !== 'identity' && rows.some(({ bars }) => bars[name].total));
export const setHead = (rows: readonly SetRow[]): string[] => [
  'set',
  'clip',
  'strict',
  '95 %',
  ...measuredIn(rows),
  'of',
];
export const setLines = (rows: readonly SetRow[]): string[][] =>
  rows.map(({ name, shape, bars, count }) => [
    name,
    `${shape.frames} x ${shape.height} x ${shape.width}`,
    share(bars.strict),
    interval(bars.strict),
    ...measuredIn(rows).map((measure) => share(bars[measure])),
    String(count),
  ]);

const counted = ({ right, total }: Bar): string => `${right} of ${total}`;

const givenText = `Part of a true film is given. Kept: the given pixels in the network's own guess, before they were put back, are at ${keptAt} dB or more. No seam: the jump where given and made up meet is no larger than the largest elsewhere in the film. Ordinary: films of the same prompts and seeds of which nothing was given.`;
export const givenHead = ['given', 'dB, middle', 'kept', 'no seam', 'strict', 'strict, 95 %', 'ordinary'];
export const givenLines = ({ given }: EditingJudgement): string[][] =>
  given.map(({ name, decibels, kept, seams, strict, ordinary }) => [
    name,
    decibels.toFixed(1),
    counted(kept),
    counted(seams),
    counted(strict),
    interval(strict),
    ordinary ? counted(ordinary) : '-',
  ]);

/** The first films of each kind in which a seam is seen, so that one can look at them. */
const seamedText = ({ given }: EditingJudgement): string =>
  given
    .filter(({ seamed }) => seamed.length > 0)
    .map(
      ({ name, seamed }) =>
        `- a seam in, of ${name}: ${seamed.map(({ prompt, seed }) => `${prompt} (${seed})`).join(' ')}`,
    )
    .join('\n');

const strengthText =
  'Noise is put over a true film, and the run clears it with one word of its caption changed. Changed: the new word is seen. Stayed: every other word that was seen before is still seen. Distance of the pixels: root mean square, black to white is 1.';
export const strengthHead = ({ strengths }: EditingJudgement): string[] => {
  const words = strengths[0].words.map(([word]) => `${word} changed`);
  return ['strength', 'changed', 'stayed', 'both', ...words, 'distance'];
};
export const strengthLines = ({ strengths }: EditingJudgement): string[][] =>
  strengths.map(({ strength, changed, stayed, both, words, distance }) => [
    String(strength),
    ...[changed, stayed, both, ...words.map(([, bar]) => bar)].map(counted),
    distance.toFixed(3),
  ]);

function barsTable({ bars, groups, count }: Judgement): string {
  const lines = measures.flatMap((name) => {
    const bar = bars.clips[name];
    if (!bar.total) return [];
    const [low, high] = wilson(bar.right, bar.total);
    const share = (other: Bar): string => (other.total ? percent(shareOf(other)) : '-');
    const own = Object.values(groups).map((group) => share(group[name]));
    return [
      [
        name,
        percent(shareOf(bar)),
        `${percent(low)} .. ${percent(high)}`,
        percent(bar.undecided / bar.total),
        share(bars.ceiling[name]),
        name === 'identity' ? '-' : share(bars.floor[name]),
        ...own,
        String(bar.total),
      ],
    ];
  });
  return [
    `${count} clips, share right in percent, Wilson 95 % intervals. Undecided counts as not right. True renders: the same reader on true clips of the same prompts. Shuffled: the clips judged by each other's prompts.`,
    table(['', 'right', '95 %', 'undecided', 'true renders', 'shuffled', ...Object.keys(groups), 'of'], lines),
  ].join('\n\n');
}

function meansTable({ means }: Judgement): string {
  const figure = (value: Mean | null): string => (value ? value.mean.toFixed(4) : '-');
  const lines = meanNames.flatMap((name) => {
    const own = means.clips[name];
    const range = own ? own.interval.map((value) => value.toFixed(4)).join(' .. ') : '';
    return own ? [[meanTexts[name], figure(own), range, figure(means.ceiling[name])]] : [];
  });
  return table(['', 'clips', '95 % (bootstrap)', 'true renders'], lines);
}

function physicsText({ rows, count, given, height, pool }: PhysicsJudgement): string {
  const px = (value: number): string => (height * value).toFixed(2);
  const line = ({ name, count: clips, lost, figures }: Row): string[] => {
    const own = figures.clips;
    const relative = own?.relative;
    const other = sides.slice(1).map((side) => {
      const figure = figures[side];
      return figure ? `${px(figure.error.mean)}${figure.relative ? ` (${percent(figure.relative.mean)} %)` : ''}` : '-';
    });
    return [
      name,
      own ? px(own.error.mean) : '-',
      own ? own.error.interval.map(px).join(' .. ') : '-',
      relative ? `${percent(relative.mean)} (${relative.interval.map((value) => percent(value)).join(' .. ')})` : '-',
      ...other,
      percent(lost),
      String(clips),
    ];
  };
  const head = ['', 'px a frame', '95 %', '% of the speed', ...sides.slice(1).map((side) => sideTexts[side]), 'frames lost, %', 'of']; // prettier-ignore
  return [
    `${count} clips of which the first ${given} frames were given; velocity error over the rest, in pixels a frame at ${height} pixels and in percent of the true speed, bootstrap 95 % intervals. The nearest training clip is looked for among ${pool} drawn from the same world by seed: training stores none.`,
    table(head, rows.splits.map(line)),
    table(head, rows.cells.map(line)),
  ].join('\n\n');
}

function noveltyText({ described, pixels, pool }: NoveltyJudgement): string {
  const lines = [
    ['in what they show', described],
    ['in pixels', pixels],
  ] as const;
  return [
    `Distance to the nearest of ${pool} training clips (drawn from the same world by seed: training stores none), of generated clips and of fresh true ones. Closer: share nearer than the nearest 1 % of true clips (of few clips, the nearest one), and what that would be without copying.`,
    table(
      ['', 'median', 'true clips', 'KS', 'p', 'closer, %', 'expected, %'],
      lines.flatMap(([name, found]) =>
        found
          ? [[name, median(found.own).toFixed(3), median(found.truth).toFixed(3), found.novelty.statistic.toFixed(2), chance(found.novelty.p), percent(found.novelty.closer, 1), percent(found.novelty.expected, 1)]] // prettier-ignore
          : [],
      ),
    ),
  ].join('\n\n');
}

export const chance = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

export const openTexts: Readonly<Record<OpenFigure['name'], string>> = {
  across: 'place across',
  down: 'place down',
  size: 'size within its word',
  speed: 'speed within its word',
  phase: 'phase of an orbit or a bounce',
  backdrop: 'stretch of the backdrop',
  turning: 'which way it turns',
};

function diversityText(rows: readonly DiversityRow[]): string {
  const [{ count, prompts }] = rows;
  const cell = ({ figures }: DiversityRow, name: OpenFigure['name']): string => {
    const found = figures.find((figure) => figure.name === name);
    if (!found) return '-';
    return `${found.difference.toFixed(2)}${found.spread === null ? '' : ` (${found.spread.toFixed(2)})`}`;
  };
  return [
    `${prompts} ${prompts === 1 ? 'prompt' : 'prompts'} with ${count / prompts} seeds each. What they leave open, against true clips of the same prompts: Kolmogorov-Smirnov statistic (total variation for which way it turns), and in brackets the spread within a prompt over the world's own: 1 is as varied, 0 always the same. Only clips whose motion is right count.`,
    table(
      ['', ...rows.map(({ guidance }) => `guidance ${guidance}`)],
      [
        ...openNames.map((name) => [openTexts[name], ...rows.map((row) => cell(row, name))]),
        ['clips that count', ...rows.map(({ usable }) => String(usable))],
      ],
    ),
  ].join('\n\n');
}

export function median(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  const half = ordered.length >> 1;
  return ordered.length % 2 ? ordered[half] : (ordered[half - 1] + ordered[half]) / 2;
}

function scalingTable({ scaling }: Report): string {
  const names = measures.filter((name) => scaling.some(({ judgement }) => judgement.bars.clips[name].total));
  return [
    `The same ${scaling[0].judgement.count} prompts and seeds, drawn by copies along the training; share right in percent.`,
    table(
      ['', ...scaling.map(({ name }) => `${name} of the training`)],
      names.map((name) => [
        name,
        ...scaling.map(({ judgement: { bars } }) =>
          bars.clips[name].total ? percent(shareOf(bars.clips[name])) : '-',
        ),
      ]),
    ),
  ].join('\n\n');
}

const misses = ({ confusions }: Judgement): string =>
  confusions.length
    ? confusions.slice(0, 12).map(([what, times]) => `- ${times} x ${what}`).join('\n') // prettier-ignore
    : 'None.';
