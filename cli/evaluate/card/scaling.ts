/** The card's section on copies of the model along its training. */
import {
  measures,
  percent,
  scalingSentence,
  shareOf,
  wilson,
  type Folder,
  type Folders,
  type ScalingRow,
} from '../../../src/evaluation';
import type { ClipShape } from '../../../src/sampling/types';
import { stripOf } from './sheets';
import { lead, screen, table } from './parts';
import { chart, escaped, type Series } from './plots';

export function growth(rows: readonly ScalingRow[], folders: Folders): string {
  const first = Math.log2(rows[0].share);
  const names = ['setting', 'colour', 'size', 'thing', 'motion', 'speed', 'strict'] as const;
  const series = names.map((name, i): Series => {
    const points = rows.flatMap(({ share, judgement: { bars } }): [number, number][] =>
      bars.clips[name].total ? [[Math.log2(share), shareOf(bars.clips[name])]] : [],
    );
    return name === 'strict' ? { kind: 'main', name: 'everything', points } : { kind: `s${i}`, name, points };
  });
  const shape: ClipShape = (folders.get(rows[0].folder) as Folder).shape;
  const examples = Array.from({ length: Math.min(3, rows[0].judgement.count) }, (_, i) => {
    const { prompt } = (folders.get(rows[0].folder) as Folder).items[i];
    const clips = rows.map(({ folder, name }) => `<div>${screen(stripOf({ bytes: (folders.get(folder) as Folder).bytes, shape }, i), `${prompt} After ${name} of the training`)}<div class="small">${name}</div></div>`); // prettier-ignore
    return `<div class="growth"><p>${escaped(prompt)}</p>${clips.join('')}</div>`;
  });
  return [
    lead(scalingSentence(rows)),
    `<div class="charts">${chart(
      'Share right over the share of the training',
      { from: first, to: 0, label: 'share of the training', ticks: rows.map(({ share, name }) => [Math.log2(share), name] as const) }, // prettier-ignore
      { from: 0, to: 1, label: 'Share right', ticks: [[0, '0 %'], [0.25, '25 %'], [0.5, '50 %'], [0.75, '75 %'], [1, '100 %']] }, // prettier-ignore
      series,
      { ends: true },
    )}<div>${examples.join('')}</div></div>`,
    `<details><summary>In numbers</summary>${table(
      ['right, % (95 %)', ...rows.map(({ name }) => name)],
      measures
        .filter((name) => rows.some(({ judgement }) => judgement.bars.clips[name].total))
        .map((name) => [
          name,
          ...rows.map(({ judgement: { bars } }) => {
            const { right, total } = bars.clips[name];
            return total ? `${percent(right / total)} (${wilson(right, total).map((value) => percent(value)).join(' to ')})` : '-'; // prettier-ignore
          }),
        ]),
    )}</details>`,
  ].join('\n');
}
