/**
 * What the engine promises, and whether it held here. A bar that needs a graphics processor, or a program that is not
 * installed, is neither met nor missed where there is none.
 */
import { timeOf, type Figures, type Report } from './measure';
import type { Opening } from './opening';
import type { Spread } from './spread';

export interface Bar {
  readonly name: string;
  readonly limit: string;
  readonly value: string; // what was measured, and on what
  readonly verdict: 'met' | 'missed' | 'not measurable here';
}

const unmeasured = (name: string, limit: string, value: string): Bar => ({ name, limit, value, verdict: 'not measurable here' }); // prettier-ignore

const verdictOf = (held: boolean) => (held ? 'met' : 'missed');

/** The same call of both, as a ratio of their times, for each case; above 1 the first is faster. */
function ratios(report: Report, first: Figures['implementation'], second: Figures['implementation']) {
  return report.figures
    .filter(({ implementation }) => implementation === first)
    .flatMap((ours) => {
      const theirs = report.figures.find(
        ({ implementation, model, tokens, rows }) =>
          implementation === second && model === ours.model && tokens === ours.tokens && rows === ours.rows,
      );
      return theirs ? [timeOf(theirs, report).median / timeOf(ours, report).median] : [];
    });
}

const range = (values: readonly number[]) =>
  `${Math.min(...values).toPrecision(2)} to ${Math.max(...values).toPrecision(2)}`;

const kB = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

export function barsOf(reports: readonly Report[], opening?: Opening): Bar[] {
  const real = reports.filter(({ kind }) => kind === 'real');
  const nothing = reports.find(({ kind }) => kind === 'null');
  const processor = reports.find(({ kind, threads }) => kind === 'processor' && threads === 1);
  const none = 'no graphics processor was measured';

  const faster = (than: 'tfjs operations' | 'onnxruntime-web', limit: number): Bar => {
    const [name, at] = [`a call, static graph against ${than} on WebGPU`, `${limit} times as fast`];
    const all = real.flatMap((report) => ratios(report, 'static graph', than));
    if (!all.length) return unmeasured(name, at, real.length ? `${than} is not installed` : none);
    return { name, limit: at, value: `${range(all)} times`, verdict: verdictOf(Math.min(...all) >= limit) };
  };

  const shares = real.flatMap(({ products }) => products.map(({ shareOfPeak }) => shareOfPeak));
  const product = ['matrix products, of the peak of a square one', '60 %'] as const;
  const products: Bar = shares.length
    ? {
        name: product[0],
        limit: product[1],
        value: `${range(shares.map((share) => 100 * share))} %`,
        verdict: verdictOf(Math.min(...shares) >= 0.6),
      }
    : unmeasured(...product, none);

  const ours = (nothing?.figures ?? []).filter(({ implementation }) => implementation === 'static graph');
  const javascript = (['nano', 'small'] as const).map((model): Bar => {
    const [name, limit] = [`JavaScript a step of ${model}, guided`, '1 ms'];
    const guided = ours.find((figure) => figure.model === model && figure.rows === 2)?.processor;
    if (!guided) return unmeasured(name, limit, 'the device that computes nothing was not measured');
    const value = `${guided.median.toFixed(2)} ms of processor time, all threads (${range([guided.low, guided.high])})`;
    return { name, limit, value, verdict: verdictOf(guided.median <= 1) };
  });

  const step = ['a guided step of nano by WebAssembly, one core', '500 ms'] as const;
  const guided = processor?.figures.find(
    ({ implementation, model, tokens, rows }) =>
      implementation === 'tfjs operations' && model === 'nano' && tokens === 128 && rows === 2,
  );
  const fallback: Bar = guided
    ? {
        name: step[0],
        limit: step[1],
        value: `${timeOf(guided, processor!).median.toFixed(0)} ms of processor time`,
        verdict: verdictOf(timeOf(guided, processor!).median <= 500),
      }
    : unmeasured(...step, 'WebAssembly was not measured');

  const without = 'no browser opened the page';
  const size = ['the app before its model, gzipped', '200 kB'] as const;
  const moving = ['a recorded run moves after opening', '1 s'] as const;
  const live = ['Live, from another seed to its film', '0.7 s'] as const;
  const within = ({ median, low, high }: Spread, most: number): Pick<Bar, 'value' | 'verdict'> => ({
    value: `${(median / 1000).toFixed(2)} s (${range([low / 1000, high / 1000])})`,
    verdict: verdictOf(median <= most),
  });
  return [
    faster('tfjs operations', 3),
    faster('onnxruntime-web', 1.5),
    products,
    ...javascript,
    fallback,
    ...(opening
      ? [
          {
            name: size[0],
            limit: size[1],
            value: `${kB(opening.bytes.page)} until a picture moves, ${kB(opening.bytes.page + opening.bytes.engine)} with what ${opening.backend} needs`,
            verdict: verdictOf(opening.bytes.page + opening.bytes.engine <= 200_000),
          } as const,
          { name: moving[0], limit: moving[1], ...within(opening.moving, 1000) },
          { name: live[0], limit: live[1], ...within(opening.live, 700) },
        ]
      : [unmeasured(...size, without), unmeasured(...moving, without), unmeasured(...live, without)]),
  ];
}
