/** The card's sections on what is new and how varied it is. */
import {
  chance,
  diversitySentence,
  enough,
  median,
  noveltySentence,
  openNames,
  openTexts,
  percent,
  trainingPool,
  type DiversityRow,
  type Folder,
  type NoveltyJudgement,
} from '../../../src/evaluation';
import { render } from '../../../src/world';
import { stripOf, stripOfRender } from './sheets';
import { lead, screen, table } from './parts';
import { chart, escaped, staircase, ticksTo, type Series } from './plots';

export function newness(judgement: NoveltyJudgement, folder: Folder): string {
  const { pixels, described, closest, pool } = judgement;
  const curves = [
    ['in pixels (black to white is 1)', pixels],
    ['in what they show (frame heights)', described],
  ] as const;
  const charts = curves.flatMap(([name, found]) => {
    if (!found) return [];
    const most = Math.max(...found.own, ...found.truth);
    return chart(
      `Distance to the nearest training clip, ${name}`,
      { from: 0, to: most, label: `distance${name.replace(/^.* \(/, ' (')}`, ticks: ticksTo(most) },
      { from: 0, to: 1, label: `Share of clips that have a nearer training clip, ${name.split(' (')[0]}`, ticks: [[0, '0 %'], [0.5, '50 %'], [1, '100 %']] }, // prettier-ignore
      [
        { kind: 's3', name: 'fresh true clips', points: staircase(found.truth), steps: true },
        { kind: 's0', name: 'the model’s clips', points: staircase(found.own), steps: true },
      ],
    );
  });
  const lines = curves.flatMap(
    ([name, found]) =>
    found ? [[name.split(' (')[0], median(found.own).toFixed(3), median(found.truth).toFixed(3), found.novelty.statistic.toFixed(2), chance(found.novelty.p), `${percent(found.novelty.closer, 1)} %`, `${percent(found.novelty.expected, 1)} %`]] : [], // prettier-ignore
  );
  const nearest = closest.map(({ clip, poolSeed, distance }) => {
    const { prompt } = folder.items[clip];
    const [scene] = trainingPool(1, poolSeed);
    const other = stripOfRender(render(scene, folder.shape), folder.shape);
    return `<li><div class="pair">${screen(stripOf(folder, clip), prompt)}${screen(other, 'its nearest training clip')}</div><p>${escaped(prompt)}</p><p class="undecided">distance ${distance.toFixed(3)}</p></li>`;
  });
  return [
    lead(noveltySentence(judgement)),
    `<p class="small">Training draws its clips as it goes and stores none; ${pool} clips that are drawn from the same world by seed stand for them. A model that had learned its clips by heart would be nearer to them than fresh true clips are. One that draws badly is farther away.</p>`,
    `<div class="charts">${charts.join('')}</div>`,
    table(['', 'median', 'true clips', 'KS', 'p', 'closer than the nearest true ones', 'expected'], lines),
    `<h3>Nearest to a training clip</h3><ul class="gallery">${nearest.join('')}</ul><p class="small">Left: the model’s clip. Right: the training clip that it is nearest to.</p>`,
  ].join('\n');
}

export function variety(rows: readonly DiversityRow[]): string {
  const [{ count, prompts }] = rows;
  const [low, high] = [rows[0].guidance, rows[rows.length - 1].guidance];
  const figure = (row: DiversityRow, name: string) => row.figures.find((each) => each.name === name);
  const x = { from: low, to: high > low ? high : low + 1, label: 'guidance', ticks: rows.map(({ guidance }) => [guidance, String(guidance)] as const) }; // prettier-ignore
  const drawn = openNames.map((name, i) => ({ name, kind: `s${i}` }));
  const lines = (value: (found: DiversityRow['figures'][number]) => number | null): Series[] =>
    drawn.map(({ name, kind }) => ({
      kind,
      name: openTexts[name],
      points: rows.flatMap((row): [number, number][] => {
        const found = figure(row, name);
        const at = found && found.count >= enough ? value(found) : null;
        return at === null ? [] : [[row.guidance, at]];
      }),
    }));
  const spreads = lines(({ spread }) => spread).filter(({ points }) => points.length);
  const most = Math.max(1.5, ...spreads.flatMap(({ points }) => points.map(([, value]) => value)));
  return [
    lead(diversitySentence(rows)),
    `<p class="small">${prompts} prompt${prompts === 1 ? '' : 's'}, ${count / prompts} seeds each. A full caption still leaves open where exactly a thing is, how large within its word, when it bounces, which stretch of the backdrop is seen; in the world these differ each time. Only clips whose motion is right count: ${rows.map(({ guidance, usable }) => `${usable} at ${guidance}`).join(', ')}; the plots leave out what fewer than ${enough} clips show.</p>`,
    `<div class="charts">${chart(
      'Spread within a prompt over guidance',
      x,
      { from: 0, to: most, label: 'Spread within a prompt, over the world’s own', ticks: ticksTo(most) },
      spreads,
      { guides: [[[x.from, 1], [x.to, 1], 'as varied as the world']] },
    )}${chart(
      'Difference from the world over guidance',
      x,
      { from: 0, to: 1, label: 'Difference from the world’s distribution (KS)', ticks: [[0, '0'], [0.5, '0.5'], [1, '1']] }, // prettier-ignore
      lines(({ difference }) => difference).filter(({ points }) => points.length),
    )}</div>`,
    `<details><summary>In numbers</summary>${table(
      ['KS (spread)', ...rows.map(({ guidance }) => `guidance ${guidance}`)],
      openNames.map((name) => [
        openTexts[name],
        ...rows.map((row) => {
          const found = figure(row, name);
          return found
            ? `${found.difference.toFixed(2)}${found.spread === null ? '' : ` (${found.spread.toFixed(2)})`}`
            : '-';
        }),
      ]),
    )}</details>`,
  ].join('\n');
}
