/** A bench as text for the terminal, and as one page of HTML with plots, which needs no script and no other file. */
import type { Figures, Report, Spread } from './measure';

export interface Bench {
  readonly at: string;
  readonly machine: string;
  readonly reports: readonly Report[];
  /** What was not measured, and why. */
  readonly missing: readonly { readonly what: string; readonly why: string }[];
}

interface Row {
  readonly name: string;
  readonly unit: string;
  readonly of: (figures: Figures) => number;
  readonly spread?: (figures: Figures) => Spread;
  /** Kinds of adapters on which it says nothing. */
  readonly not: readonly Report['kind'][];
  readonly note: string;
}

const rows: readonly Row[] = [
  {
    name: 'JavaScript a call',
    unit: 'ms',
    of: ({ javascript }) => javascript.median,
    spread: ({ javascript }) => javascript,
    not: [],
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
  { name: 'Dispatches a call', unit: '', of: ({ dispatches }) => dispatches, not: [], note: 'kernels that are run' },
  {
    name: 'Submits a call',
    unit: '',
    of: ({ submits }) => submits,
    not: [],
    note: 'hand-overs to the graphics processor',
  },
  {
    name: 'GPU memory',
    unit: 'MB',
    of: ({ bytes }) => bytes / 1e6,
    not: [],
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
    note: 'weights to the device, kernels compiled, first guess; measured once',
  },
  {
    name: 'Share of the peak',
    unit: '%',
    of: ({ shareOfPeak = 0 }) => 100 * shareOfPeak,
    not: ['null', 'emulated'],
    note: 'operations a second of the whole call, of what a large matrix product reaches',
  },
];

const kinds: Readonly<Record<Report['kind'], string>> = {
  null: 'a device that computes nothing: only JavaScript and counts mean anything',
  emulated: 'a program that plays a graphics processor: its times say nothing about a real one',
  real: 'a graphics processor',
};

/** A row that the kind of adapter spoils, or that was not measured there, is left out. */
const saysSomething = ({ not, of }: Row, { kind, figures }: Report) =>
  !not.includes(kind) && figures.every((figure) => Number.isFinite(of(figure)));

const number = (value: number) =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);

/** Figures of the same model and rows, side by side. */
function groups({ figures }: Report): { name: string; figures: Figures[] }[] {
  const found = new Map<string, Figures[]>();
  for (const figure of figures) {
    const name = `${figure.model} (${figure.tokens} tokens), ${figure.rows} row${figure.rows > 1 ? 's' : ''}`;
    found.set(name, [...(found.get(name) ?? []), figure]);
  }
  return [...found].map(([name, figures]) => ({ name, figures }));
}

export function summaryOf({ reports, missing }: Bench): string {
  const lines = reports.flatMap((report) => [
    '',
    `${report.where}, ${report.adapter} (${kinds[report.kind]})`,
    ...groups(report).flatMap(({ name, figures: [ours, theirs] }) =>
      rows
        .filter((row) => saysSomething(row, report))
        .map(({ name: what, unit, of }) => {
          const ratio = unit === '%' ? of(ours) / of(theirs) : of(theirs) / of(ours); // above 1, the graph is ahead
          const values = `${number(of(ours))} against ${number(of(theirs))} ${unit}`;
          return `  ${name}  ${what}: ${values.trim()}, ratio ${number(ratio)}`;
        }),
    ),
    ...report.products.map(
      ({ model, product, shareOfPeak }) => `  ${model}  product ${product}: ${number(100 * shareOfPeak)} % of the peak`,
    ),
  ]);
  return [...lines, '', ...missing.map(({ what, why }) => `not measured: ${what}, because ${why}`)].join('\n');
}

const escape = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

/** Bars of one row of a report; the whisker is the middle eight tenths of the calls. */
function plot(report: Report, { name, unit, of, spread, note }: Row): string {
  const all = groups(report);
  const largest = Math.max(...report.figures.map((figure) => spread?.(figure).high ?? of(figure)), 1e-9);
  const scale = (value: number) => (380 * value) / largest;
  let y = 0;
  const bars = all.flatMap(({ name: group, figures }) => {
    y += 24;
    const title = `<text x="0" y="${y - 7}" class="group">${escape(group)}</text>`;
    return [
      title,
      ...figures.map((figure) => {
        const value = of(figure);
        const range = spread?.(figure);
        const whisker = range
          ? `<line x1="${130 + scale(range.low)}" x2="${130 + scale(range.high)}" y1="${y + 7}" y2="${y + 7}" class="whisker"/>`
          : '';
        const between = range ? ` (${number(range.low)} to ${number(range.high)})` : '';
        const bar = `<text x="0" y="${y + 11}">${figure.implementation}</text>
<rect x="130" y="${y}" width="${Math.max(1, scale(value))}" height="14" class="${figure.implementation.split(' ')[0]}"/>${whisker}
<text x="${136 + scale(Math.max(value, range?.high ?? 0))}" y="${y + 11}">${number(value)} ${unit}${between}</text>`;
        y += 18;
        return bar;
      }),
    ];
  });
  return `<figure><figcaption><b>${escape(name)}</b>: ${escape(note)}</figcaption>
<svg viewBox="0 0 680 ${y + 6}" role="img" aria-label="${escape(name)}">${bars.join('\n')}</svg></figure>`;
}

/** Milliseconds of a call over its operations, on two logarithmic axes, with the line of the peak. */
function costPlot({ figures, peak }: Report): string {
  if (!peak) return '';
  const xs = figures.map(({ operations }) => Math.log10(operations));
  const ys = figures.map(({ call }) => Math.log10(call.median));
  const atPeak = (x: number) => x - Math.log10(peak.operations) + 3;
  const [left, right] = [Math.min(...xs) - 0.2, Math.max(...xs) + 0.2];
  const [low, high] = [Math.min(...ys, atPeak(left)) - 0.2, Math.max(...ys) + 0.2];
  const x = (value: number) => (640 * (value - left)) / (right - left);
  const y = (value: number) => 240 - (230 * (value - low)) / (high - low);
  const points = figures.map(
    ({ implementation, model, rows: r, operations, call }, i) =>
      `<circle cx="${x(xs[i])}" cy="${y(ys[i])}" r="5" class="${implementation.split(' ')[0]}"><title>${model}, ${r} rows, ${implementation}: ${number(operations / 1e9)} GFLOP, ${number(call.median)} ms</title></circle>`,
  );
  return `<figure><figcaption><b>Cost</b>: milliseconds of a call (up) over its operations (right), both logarithmic; the line is
the peak, ${number(peak.operations / 1e9)} GFLOP/s (${escape(peak.by)})</figcaption>
<svg viewBox="0 0 680 250" role="img" aria-label="Cost">
<line x1="${x(left)}" y1="${y(atPeak(left))}" x2="${x(right)}" y2="${y(atPeak(right))}" class="whisker"/>${points.join('\n')}</svg></figure>`;
}

export function pageOf(bench: Bench): string {
  const sections = bench.reports.map((report) => {
    const versions = Object.entries(report.versions).map(([name, version]) => `${name} ${version}`);
    const products = report.products.map(
      ({ model, product, shareOfPeak }) => `<li>${model}, ${product}: ${number(100 * shareOfPeak)} % of the peak</li>`,
    );
    return `<section><h2>${escape(report.where)}, ${escape(report.adapter)}</h2>
<p>${escape(`${kinds[report.kind]}. ${versions.join(', ')}. Medians of ${report.figures[0]?.calls ?? 0} calls, turn by turn.`)}</p>
${rows
  .filter((row) => saysSomething(row, report))
  .map((row) => plot(report, row))
  .join('\n')}
${costPlot(report)}${products.length ? `<ul>${products.join('')}</ul>` : ''}</section>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Snowglobe bench</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
svg { width: 100%; font: 12px system-ui, sans-serif; fill: currentColor; }
.group { font-weight: 600; }
.static { fill: #1b5fa8; }
.tfjs { fill: #b8450f; }
.whisker { stroke: currentColor; stroke-width: 1.5; }
figure { margin: 1.5rem 0; }
@media (prefers-color-scheme: dark) { .static { fill: #7db8f5; } .tfjs { fill: #f0935f; } }
</style></head><body>
<h1>Snowglobe bench</h1>
<p>${escape(bench.at)}, ${escape(bench.machine)}. Compare within one section only: each is one process on one device.</p>
${sections.join('\n')}
<h2>Not measured</h2>
<ul>${bench.missing.map(({ what, why }) => `<li>${escape(what)}: ${escape(why)}</li>`).join('')}</ul>
</body></html>
`;
}
