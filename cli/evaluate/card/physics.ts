/** The card's section on physics. */
import {
  percent,
  physicsSentence,
  sides,
  sideTexts,
  splits,
  trialLaws,
  type Folder,
  type PhysicsJudgement,
  type Row,
} from '../../../src/evaluation';
import { world } from '../../../src/world';
import { stripOf } from './sheets';
import { lead, legend, screen, shown, table } from './parts';
import { chart, escaped, paths, ticksTo, track, type Mark, type Series } from './plots';

export function motion(judgement: PhysicsJudgement, folder: Folder): string {
  const { rows, items, ranking, given, height, pool } = judgement;
  const [best, worst] = [ranking.slice(0, shown), ranking.slice(shown).slice(-shown).reverse()];
  const continuation = (i: number): string => {
    const { prompt, law, split, own, truth, seen } = items[i];
    const { frames, width } = folder.shape;
    const over = paths(truth, seen, given, width / height);
    const off = own.error === null ? 'not seen' : `off by ${(height * own.error).toFixed(2)} px a frame`;
    return `<li>${screen(stripOf(folder, i), `${prompt} ${off}, ${frames} frames`, over)}<p>${escaped(prompt)}</p><p class="undecided">${escaped(`${law}, ${split}: ${off}`)}</p></li>`;
  };
  return [
    lead(physicsSentence(judgement)),
    `<p class="small">The first ${given} frames are given clean, the model makes up the rest; only that is judged. In the gap: speeds between slow and fast, which training never shows. A fall or a bounce is faster where it starts from higher than any seen. Seen pair: the things of the held-out pairs in combinations that training does show.</p>`,
    `<div class="charts">${speeds(judgement)}${drift(judgement)}</div>`,
    '<h3>Velocity error, in percent of the speed</h3>',
    errorDots(rows.splits),
    '<h3>Each law, inside what training shows</h3>',
    errorDots(rows.laws),
    legend([
      ['dot', 'clips, with 95 % interval'],
      ['mark floor', sideTexts.floor],
      ['mark constant', sideTexts.constant],
      ['mark nearest', sideTexts.nearest],
      ['mark copy', sideTexts.copy],
    ]),
    `<div class="beside"><div><h3>Truest</h3><ul class="gallery">${best.map(continuation).join('')}</ul></div>${worst.length ? `<div><h3>Farthest off</h3><ul class="gallery">${worst.map(continuation).join('')}</ul></div>` : ''}</div>`,
    '<p class="small">Dashed: where the law puts it. White dots: the given frames. Orange dots: where the model puts it.</p>',
    `<details><summary>All laws and splits, in pixels a frame</summary>${errorTable(rows.cells, height)}<p class="small">The nearest training clip is looked for among ${pool} that are drawn from the same world by seed, for training stores none. Frames lost: made-up frames in which the thing is not seen.</p></details>`,
  ].join('\n');
}

/** True speed against the speed that the model goes on with: the plot on which cases part from laws. */
function speeds({ items, height }: PhysicsJudgement): string {
  const uniform = items.filter(({ law, own }) => law === 'uniform' && own.along !== null);
  const ranges = Object.entries(world.motions.right.speeds ?? {});
  const most = Math.max(0.07, ...uniform.map(({ own }) => own.speed)) * height;
  const kinds = splits.filter((split) => uniform.some((item) => item.split === split));
  const series = kinds.map((split): Series => {
    const of = uniform.filter((item) => item.split === split);
    return { kind: `s${splits.indexOf(split)}`, name: split, dots: true, points: of.map(({ own }) => [height * own.speed, height * (own.along ?? 0)]) }; // prettier-ignore
  });
  if (!series.length) return '';
  const back = uniform.some(({ own }) => (own.along ?? 0) < -0.002);
  return chart(
    'The speed that the law asks for, and the speed of the clip',
    { from: 0, to: most, label: 'speed that the law asks for, pixels a frame', ticks: ticksTo(most) },
    { from: back ? -most / 3 : 0, to: most, label: `Even motion: speed of the made-up frames, pixels a frame${back ? '; below 0: backwards' : ''}`, ticks: ticksTo(most) }, // prettier-ignore
    series,
    {
      bands: ranges.map(([name, [from, to]]) => [height * from, height * to, name] as const),
      guides: [[[0, 0], [most, most], 'the law']],
    },
  );
}

/** How far the clips have come off the law by each frame. */
function drift({ items, given }: PhysicsJudgement): string {
  const [frames, most] = [items[0].truth.length, 0.5];
  const series = trialLaws.flatMap((law, i): Series[] => {
    const of = items.filter((item) => item.law === law && item.split === 'in range');
    const points = Array.from({ length: frames - given + 1 }, (_, k) => given - 1 + k).flatMap(
      (n): [number, number][] => {
        const away = of.flatMap(({ truth, seen }) => {
          const [a, b] = [truth[n], seen[n]];
          return a && b ? [Math.hypot(a[0] - b[0], a[1] - b[1])] : [];
        });
        return away.length ? [[n + 1, away.reduce((x, y) => x + y, 0) / away.length]] : [];
      },
    );
    return points.length ? [{ kind: `s${i}`, name: law, points }] : [];
  });
  if (!series.length) return '';
  return chart(
    'Distance from the law over the frames',
    { from: given, to: frames, label: `frame (1 to ${given} are given)`, ticks: [given, (given + frames) / 2, frames].map((n) => [n, String(n)] as const) }, // prettier-ignore
    { from: 0, to: most, label: 'In range: distance from the law, frame heights', ticks: ticksTo(most) },
    series,
    { ends: true },
  );
}

const scale = 1.5; // of the speed, at the right end of a track

function errorDots(rows: readonly Row[]): string {
  const lines = rows.map(({ name, figures }) => {
    const own = figures.clips?.relative ?? null;
    const marks = sides.slice(1).flatMap((side): Mark[] => {
      const other = figures[side]?.relative;
      return other
        ? [{ at: other.mean / scale, kind: side, title: `${sideTexts[side]}: ${percent(other.mean)} %` }]
        : [];
    });
    const text = own ? `${percent(own.mean)} %` : '-';
    const interval = own && own.interval.map((value) => value / scale);
    return `<span>${escaped(name.replace(', in range', ''))}</span>${track(own && own.mean / scale, interval, marks, `${name}: ${text} of the speed`)}<span class="value">${text}</span>`;
  });
  return `<div class="dots">${lines.join('')}<span></span><span class="ends"><span>0 %</span><span>${percent(scale)} %</span></span><span></span></div>`;
}

function errorTable(rows: readonly Row[], height: number): string {
  const px = (value: number): string => (height * value).toFixed(2);
  return table(
    ['', 'clips', '95 %', 'of the speed, %', ...sides.slice(1).map((side) => sideTexts[side]), 'frames lost, %', 'of'],
    rows.map(({ name, count, lost, figures }) => [
      name,
      figures.clips ? px(figures.clips.error.mean) : '-',
      figures.clips ? figures.clips.error.interval.map(px).join(' to ') : '-',
      figures.clips?.relative ? percent(figures.clips.relative.mean) : '-',
      ...sides.slice(1).map((side) => (figures[side] ? px(figures[side].error.mean) : '-')),
      percent(lost),
      String(count),
    ]),
  );
}
