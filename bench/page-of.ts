/** A bench as text for the terminal, and as one page of HTML with plots, which needs no script and no other file. */
import { timeOf, type Figures, type Kind, type Report } from './measure';
import type { Bar } from './bars';
import type { Opening } from './opening';
import type { Spread } from './spread';

export interface Bench {
  readonly format: 2; // of this file; grows when a field changes its meaning
  readonly snowglobe: string; // the version that was measured
  readonly at: string;
  readonly machine: string;
  readonly bars: readonly Bar[];
  readonly reports: readonly Report[];
  readonly opening?: Opening;
  /** What was not measured, and why. */
  readonly missing: readonly { readonly what: string; readonly why: string }[];
}

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly of: (figures: Figures) => number;
  readonly spread?: (figures: Figures) => Spread;
  /** Kinds of devices on which it says nothing. */
  readonly not: readonly Kind[];
  readonly note: string;
}

const rows: readonly Row[] = [
  {
    name: 'JavaScript a call',
    unit: 'ms',
    of: ({ javascript }) => javascript.median,
    spread: ({ javascript }) => javascript,
    not: ['processor'],
    note: 'from the call until the last submit returns, and from the read-back until the guess is there',
  },
  {
    name: 'Processor time a call',
    unit: 'ms',
    of: ({ processor }) => processor?.median ?? NaN,
    spread: ({ processor }) => processor ?? { median: NaN, low: NaN, high: NaN },
    not: ['emulated'],
    note: 'of all threads of the process, which other work on the machine does not lengthen',
  },
  {
    name: 'Dispatches a call',
    unit: '',
    of: ({ dispatches }) => dispatches,
    not: ['processor'],
    note: 'kernels that are run',
  },
  {
    name: 'Submits a call',
    unit: '',
    of: ({ submits }) => submits,
    not: ['processor'],
    note: 'hand-overs to the graphics processor',
  },
  {
    name: 'GPU memory',
    unit: 'MB',
    of: ({ bytes }) => bytes / 1e6,
    not: ['processor'],
    note: 'buffers alive after the calls, weights included; tfjs keeps a pool, which a later row finds filled already',
  },
  {
    name: 'Whole call',
    unit: 'ms',
    of: ({ call }) => call.median,
    spread: ({ call }) => call,
    not: ['null'],
    note: 'until the guess is there',
  },
  {
    name: 'First call',
    unit: 'ms',
    of: ({ firstCall }) => firstCall,
    not: ['null'],
    note: 'weights to the device, kernels compiled, first guess; measured once; onnxruntime-web reads its file, too',
  },
  {
    name: 'Share of the peak',
    unit: '%',
    of: ({ shareOfPeak = 0 }) => 100 * shareOfPeak,
    not: ['null'],
    note: 'operations a second of the whole call, of what a large square matrix product reaches',
  },
];

const kinds: Readonly<Record<Kind, string>> = {
  null: 'a device that computes nothing: only JavaScript and counts mean anything',
  emulated: 'a program that plays a graphics processor: its times say nothing about a real one',
  real: 'a graphics processor',
  processor: 'no graphics processor: WebAssembly',
};

/** A row that the kind of adapter spoils, or that was not measured there, is left out. */
const saysSomething = ({ not, of }: Row, { kind, figures }: Report) =>
  !not.includes(kind) && figures.every((figure) => Number.isFinite(of(figure)));

const number = (value: number) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);

const between = ({ low, high }: Spread) => `${number(low)} to ${number(high)}`;

/** Figures of the same model, tokens and rows, side by side. */
function groups({ figures }: Report): { name: string; figures: Figures[] }[] {
  const found = new Map<string, Figures[]>();
  for (const figure of figures) {
    const name = `${figure.model} (${figure.tokens} tokens), ${rowsOf(figure)}`;
    found.set(name, [...(found.get(name) ?? []), figure]);
  }
  return [...found].map(([name, figures]) => ({ name, figures }));
}

const rowsOf = ({ rows }: Figures) => `${rows} row${rows > 1 ? 's' : ''}`;

const titleOf = ({ where, adapter, threads }: Report) =>
  `${where}, ${adapter}${threads ? `, ${threads} thread${threads > 1 ? 's' : ''}` : ''}`;

export function summaryOf({ bars, reports, opening, missing }: Bench): string {
  const lines = reports.flatMap((report) => [
    '',
    `${titleOf(report)} (${kinds[report.kind]})`,
    ...groups(report).flatMap(({ name, figures: [ours, ...others] }) =>
      rows
        .filter((row) => saysSomething(row, report))
        .flatMap(({ name: what, unit, of }) =>
          others.map((theirs) => {
            const ratio = unit === '%' ? of(ours) / of(theirs) : of(theirs) / of(ours); // above 1, the first is ahead
            const [a, b] = [ours, theirs].map((figure) => `${number(of(figure))} ${unit}`.trim());
            const values = `${a} ${ours.implementation}, ${b} ${theirs.implementation}`;
            return `  ${name}  ${what}: ${values}, ratio ${number(ratio)}`;
          }),
        ),
    ),
    ...report.products.map(
      ({ model, product, shareOfPeak }) => `  ${model}  product ${product}: ${number(100 * shareOfPeak)} % of the peak`,
    ),
  ]);
  const opened = opening ? ['', ...openingLines(opening).map(([what, value]) => `opening  ${what}: ${value}`)] : [];
  const held = bars.map(({ name, limit, value, verdict }) => `${verdict}: ${name}, ${limit}; ${value}`);
  return [...lines, ...opened, '', ...held, '', ...missing.map(({ what, why }) => `not measured: ${what}, because ${why}`)].join('\n'); // prettier-ignore
}

function openingLines(opening: Opening): readonly (readonly [string, string])[] {
  const { picture, moving, ownStep, ownClip, ownSteps, live, bytes } = opening;
  const seconds = ({ median, low, high }: Spread) =>
    `${(median / 1000).toFixed(2)} s (${(low / 1000).toFixed(2)} to ${(high / 1000).toFixed(2)})`;
  return [
    ['first picture', seconds(picture)],
    ['recorded run moving', seconds(moving)],
    ['first step of an own clip', seconds(ownStep)],
    [`own clip of ${ownSteps} steps`, seconds(ownClip)],
    ['Live, from another seed to its film', seconds(live)],
    ['page, gzipped', `${(bytes.page / 1000).toFixed(0)} kB`],
    ['engine, gzipped', `${(bytes.engine / 1000).toFixed(0)} kB`],
    ['recorded run and list', `${(bytes.recordings / 1000).toFixed(0)} kB`],
    ['model', `${(bytes.weights / 1e6).toFixed(1)} MB`],
  ];
}

const escape = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

const classOf = ({ implementation }: Pick<Figures, 'implementation'>) => implementation.split(/[ -]/)[0];

/** Bars of one row of a report on a common axis; the whisker is the middle eight tenths of the calls. */
function plot(report: Report, { name, unit, of, spread, note }: Row): string {
  const largest = Math.max(...report.figures.map((figure) => spread?.(figure).high ?? of(figure)), 1e-9);
  const [left, wide] = [130, 370];
  const at = (value: number) => left + (wide * value) / largest;
  let y = 0;
  const bars = groups(report).flatMap(({ name: group, figures }) => {
    y += 24;
    const title = `<text x="0" y="${y - 7}" class="group">${escape(group)}</text>`;
    return [
      title,
      ...figures.map((figure) => {
        const value = of(figure);
        const range = spread?.(figure);
        const whisker = range
          ? `<line x1="${at(range.low)}" x2="${at(range.high)}" y1="${y + 7}" y2="${y + 7}" class="whisker"/>`
          : '';
        const label = `${number(value)} ${unit}${range ? ` (${between(range)})` : ''}`;
        const end = Math.max(at(value), range ? at(range.high) : 0) + 6;
        const bar = `<text x="${left - 6}" y="${y + 11}" class="end">${escape(figure.implementation)}</text>
<rect x="${left}" y="${y}" width="${Math.max(1, at(value) - left)}" height="14" class="${classOf(figure)}"/>${whisker}
<text x="${end}" y="${y + 11}">${escape(label)}</text>`;
        y += 20;
        return bar;
      }),
    ];
  });
  const axis = [0, 0.5, 1]
    .map(
      (share) =>
        `<line x1="${at(share * largest)}" x2="${at(share * largest)}" y1="14" y2="${y + 4}" class="grid"/><text x="${at(share * largest)}" y="${y + 18}" class="middle soft">${number(share * largest)} ${unit}</text>`,
    )
    .join('');
  return `<figure><figcaption><b>${escape(name)}</b>${unit ? `, ${unit}` : ''}: ${escape(note)}</figcaption>
<div class="wide"><svg viewBox="0 0 720 ${y + 24}" class="bars" role="img" aria-label="${escape(name)}">${axis}${bars.join('\n')}</svg></div></figure>`;
}

/** 1, 2 and 5 times the powers of ten in between. */
function ticksIn(low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++)
    ticks.push(...[1, 2, 5].map((first) => first * 10 ** power).filter((tick) => tick >= low && tick <= high));
  return ticks;
}

/** Milliseconds a unit of the cost model: the geometric mean over a series, so that the curve lies amid its points. */
function fitOf(figures: readonly Figures[], report: Report): number {
  const logarithms = figures.map((figure) => Math.log(timeOf(figure, report).median / figure.cost));
  return Math.exp(logarithms.reduce((a, b) => a + b) / logarithms.length);
}

/** Milliseconds of a call over its tokens, both logarithmic: points, the cost model through them, and what the peak allows. */
function costPlot(report: Report, model: string, rows: number): string {
  const figures = report.figures.filter((figure) => figure.model === model && figure.rows === rows);
  const tokens = [...new Set(figures.map((figure) => figure.tokens))];
  if (tokens.length < 2) return '';
  const atPeak = ({ cost }: Figures) => (report.peak ? (1000 * cost) / report.peak.operations : NaN);
  const all = figures.flatMap((figure) => [timeOf(figure, report).low, timeOf(figure, report).high, atPeak(figure)]);
  const [low, high] = [Math.min(...all.filter(Number.isFinite)) / 1.3, Math.max(...all.filter(Number.isFinite)) * 1.3];
  const x = (n: number) => 48 + (210 * Math.log(n / tokens[0])) / Math.log(tokens.at(-1)! / tokens[0]);
  const y = (value: number) => 200 - (185 * Math.log(value / low)) / Math.log(high / low);
  const grid = [
    ...ticksIn(low, high).map(
      (tick) =>
        `<line x1="42" x2="266" y1="${y(tick)}" y2="${y(tick)}" class="grid"/><text x="38" y="${y(tick) + 4}" class="end soft">${tick}</text>`,
    ),
    ...tokens.map((n) => `<text x="${x(n)}" y="218" class="middle soft">${n}</text>`),
    '<text x="157" y="234" class="middle soft">tokens</text><text x="38" y="8" class="end soft">ms</text>',
  ];
  const line = (points: readonly (readonly [number, number])[], kind: string) =>
    `<polyline points="${points.map(([n, value]) => `${x(n)},${y(value)}`).join(' ')}" class="${kind}"/>`;
  const names = [...new Set(figures.map(({ implementation }) => implementation))];
  const labels: { y: number; text: string; kind: string }[] = [];
  const curves = names.flatMap((implementation) => {
    const own = figures.filter((figure) => figure.implementation === implementation);
    const fit = fitOf(own, report);
    const kind = classOf(own[0]);
    labels.push({ y: y(fit * own.at(-1)!.cost), text: implementation, kind });
    return [
      line(own.map(({ tokens, cost }) => [tokens, fit * cost]), `curve ${kind}`), // prettier-ignore
      ...own.map((figure) => {
        const { median, low, high } = timeOf(figure, report);
        return `<line x1="${x(figure.tokens)}" x2="${x(figure.tokens)}" y1="${y(low)}" y2="${y(high)}" class="whisker"/><circle cx="${x(figure.tokens)}" cy="${y(median)}" r="4" class="${kind}"><title>${escape(implementation)}, ${figure.tokens} tokens: ${number(median)} ms (${number(low)} to ${number(high)})</title></circle>`;
      }),
    ];
  });
  if (report.peak) {
    const [first] = names;
    const own = figures.filter(({ implementation }) => implementation === first);
    curves.unshift(line(own.map((figure) => [figure.tokens, atPeak(figure)]), 'peak')); // prettier-ignore
    labels.push({ y: y(atPeak(own.at(-1)!)), text: 'at the peak', kind: 'soft' });
  }
  labels.sort((a, b) => a.y - b.y);
  labels.forEach((label, i) => (label.y = Math.max(label.y, (labels[i - 1]?.y ?? -20) + 14)));
  const words = labels.map(({ y, text, kind }) => `<text x="270" y="${y + 4}" class="${kind}">${escape(text)}</text>`);
  const name = `${model}, ${rows} row${rows > 1 ? 's' : ''}`;
  return `<figure><figcaption><b>${name}</b></figcaption>
<svg viewBox="0 0 370 240" role="img" aria-label="Cost of ${name}">${[...grid, ...curves, ...words].join('\n')}</svg></figure>`;
}

function costPlots(report: Report): string {
  const models = [...new Set(report.figures.map(({ model }) => model))];
  const plots = models.flatMap((model) => [1, 2].map((rows) => costPlot(report, model, rows))).filter(Boolean);
  if (!plots.length) return '';
  const time = report.kind === 'processor' && report.threads === 1 ? 'processor time' : 'the clock';
  const series = groups(report).map(({ figures }) => figures[0]);
  return `<h3>Cost, from ${series[0].tokens} to ${Math.max(...series.map(({ tokens }) => tokens))} tokens</h3>
<p>Points: milliseconds of a call by ${time}, with the middle eight tenths. Dashed: the cost model B (2NP + 4N²d), times one
number for each curve, so that it lies amid its points. B rows of a batch; N tokens; P weights of the matrices that every
token is multiplied with; d the width of attention, all blocks together. Dotted: the cost model ${report.peak ? `at ${number(report.peak.operations / 1e9)} GFLOP/s, the most that a plain square matrix product reached here (${escape(report.peak.by)})` : 'at no peak, which was not measured'}.</p>
<div class="panels">${plots.join('\n')}</div>`;
}

/** What a reader may want to look up: every figure, in one table. */
function table(report: Report): string {
  const by = (figure: Figures) => timeOf(figure, report);
  const lines = groups(report).flatMap(({ figures }) =>
    figures.map((figure) => {
      const { model, tokens, rows, implementation, calls, error, firstCall, shareOfPeak } = figure;
      const first = by(figures[0]).median / by(figure).median;
      const series = report.figures.filter((other) => other.model === model && other.rows === rows && other.implementation === implementation); // prettier-ignore
      const off = by(figure).median / (fitOf(series, report) * figure.cost);
      const cells = [
        ...[
          model,
          tokens,
          rows,
          figure.way === 'extra' ? `${implementation}, with extras` : implementation,
          `${number(by(figure).median)} (${between(by(figure))})`,
          calls,
        ],
        ...[number(first), shareOfPeak === undefined ? '' : `${number(100 * shareOfPeak)} %`],
        ...[
          series.length > 1 ? number(off) : '',
          number(firstCall),
          report.kind === 'null' ? '' : error.toExponential(1),
        ],
      ];
      return `<tr>${cells.map((cell) => `<td>${escape(String(cell))}</td>`).join('')}</tr>`;
    }),
  );
  const heads = ['model', 'tokens', 'rows', 'by', 'ms a call', 'calls', 'times as fast as the first', 'of the peak', 'of the cost model', 'first call, ms', 'difference']; // prettier-ignore
  return `<details><summary>Every figure</summary><div class="wide"><table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead>
<tbody>${lines.join('\n')}</tbody></table></div>
<p>Difference: the largest from the tfjs operations' guess, as a share of its largest number.</p></details>`;
}

export function pageOf(bench: Bench): string {
  const sections = bench.reports.map((report) => {
    const versions = Object.entries(report.versions).map(([name, version]) => `${name} ${version}`);
    const products = report.products.map(
      ({ model, product, shareOfPeak }) => `<li>${model}, ${product}: ${number(100 * shareOfPeak)} % of the peak</li>`,
    );
    const few = groups(report).length <= 4; // bars of more cannot be compared any more
    const calls = report.figures.map((figure) => figure.calls);
    return `<section><h2>${escape(titleOf(report))}</h2>
<p>${escape(`${kinds[report.kind]}. ${versions.join(', ')}. Medians of ${[...new Set([Math.min(...calls), Math.max(...calls)])].join(' to ')} calls, turn by turn.`)}</p>
${costPlots(report)}
${rows
  .filter((row) => few && saysSomething(row, report))
  .map((row) => plot(report, row))
  .join('\n')}
${products.length ? `<ul>${products.join('')}</ul>` : ''}${table(report)}</section>`;
  });
  const bars = bench.bars.map(
    ({ name, limit, value, verdict }) =>
      `<tr><td>${escape(name)}</td><td>${escape(limit)}</td><td>${escape(value)}</td><td class="${verdict.split(' ')[0]}">${verdict}</td></tr>`,
  );
  const opening = bench.opening
    ? `<section><h2>Opening the page, ${escape(bench.opening.where)}</h2>
<p>The built page, served by this machine, in a browser that was never there before; the model runs by ${escape(bench.opening.backend)}. Medians and middle eight tenths of ${bench.opening.openings} openings, own clips of ${Math.min(3, bench.opening.openings)}.</p>
<table><tbody>${openingLines(bench.opening)
        .map(([what, value]) => `<tr><td>${escape(what)}</td><td>${escape(value)}</td></tr>`)
        .join('')}</tbody></table></section>`
    : '';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Snowglobe bench</title>
<style>
:root { color-scheme: light dark; --static: #1b5fa8; --tfjs: #b8450f; --onnx: #1c7048; --soft: #48586d; --line: #cfd9e4; --bad: #a9262b; }
@media (prefers-color-scheme: dark) {
  :root { --static: #7db8f5; --tfjs: #f0935f; --onnx: #6fcf9b; --soft: #a6b6c9; --line: #2c3a4c; --bad: #ff9a9a; }
}
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
svg { width: 100%; font: 12px system-ui, sans-serif; fill: currentColor; overflow: visible; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
td, th { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.wide { overflow-x: auto; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 0 1.5rem; }
.group { font-weight: 600; }
.static { fill: var(--static); }
.tfjs { fill: var(--tfjs); }
.onnxruntime { fill: var(--onnx); }
polyline { stroke-width: 1.5; }
polyline.curve { fill: none; stroke-dasharray: 5 4; }
.curve.static { stroke: var(--static); }
.curve.tfjs { stroke: var(--tfjs); }
.curve.onnxruntime { stroke: var(--onnx); }
.peak { fill: none; stroke: var(--soft); stroke-dasharray: 1 5; stroke-linecap: round; stroke-width: 2; }
.bars { min-width: 34rem; }
.soft { fill: var(--soft); }
.end { text-anchor: end; }
.middle { text-anchor: middle; }
.grid { stroke: var(--line); }
.whisker { stroke: currentColor; stroke-width: 1.5; }
.met { color: var(--onnx); font-weight: 600; }
.missed { color: var(--bad); font-weight: 600; }
figure { margin: 1.5rem 0; }
</style></head><body>
<h1>Snowglobe bench</h1>
<p>Snowglobe ${escape(bench.snowglobe)}, ${escape(bench.at)}, ${escape(bench.machine)}. Compare within one section only: each is one process on one device.</p>
<section><h2>What was promised</h2><div class="wide"><table><thead><tr><th>bar</th><th>limit</th><th>here</th><th></th></tr></thead><tbody>${bars.join('')}</tbody></table></div></section>
${opening}
${sections.join('\n')}
<h2>Not measured</h2>
<ul>${bench.missing.map(({ what, why }) => `<li>${escape(what)}: ${escape(why)}</li>`).join('')}</ul>
</body></html>
`;
}
