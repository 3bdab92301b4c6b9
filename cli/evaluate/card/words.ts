/** The card's sections on what was asked: one thing, two things. */
import {
  meanNames,
  meanTexts,
  measures,
  percent,
  shareOf,
  wilson,
  type Folder,
  type Judged,
  type Judgement,
  type Measure,
} from '../../../src/evaluation';
import { stripOf } from './sheets';
import { lead, legend, screen, shown, table } from './parts';
import { escaped, track, type Mark } from './plots';

const shownNames: Partial<Record<Measure, string>> = { binding: 'together', strict: 'everything' };

export function words(judgement: Judgement, folder: Folder, sentence: string): string {
  const { bars, groups, means, ranking, confusions } = judgement;
  const best = ranking.slice(0, shown);
  const worst = ranking.slice(best.length).slice(-shown).reverse();
  const measured = measures.filter((name) => bars.clips[name].total && name !== 'identity');
  const names = Object.keys(groups);
  return [
    lead(sentence),
    `<div class="dots">${measured.map((name) => bar(name, judgement)).join('')}<span></span><span class="ends"><span>0 %</span><span>100 % right</span></span><span></span></div>`,
    legend([
      ['dot', 'clips, with 95 % interval'],
      ['mark ceiling', 'true clips, read the same way'],
      ['mark shuffled', 'chance: judged by each other’s prompts'],
    ]),
    '<p class="small">Together: colour, thing and motion on the same thing. Everything: each word that was asked, and nothing more.</p>',
    names.length
      ? table(
          ['right, %', ...names],
          measured.map((name) => [
            shownNames[name] ?? name,
            ...names.map((group) => (groups[group][name].total ? percent(shareOf(groups[group][name])) : '-')),
          ]),
        )
      : '',
    `<div class="beside"><div><h3>Best</h3>${gallery(best, judgement, folder)}</div>${worst.length ? `<div><h3>Worst</h3>${gallery(worst, judgement, folder)}</div>` : ''}</div>`,
    confusions.length
      ? `<h3>Most frequent misses</h3><ul class="misses">${confusions.slice(0, 12).map(([what, times]) => `<li>${times} × ${escaped(what)}</li>`).join('')}</ul>` // prettier-ignore
      : '',
    `<details><summary>What needs no prompt</summary>${table(
      ['', 'clips', '95 % (bootstrap)', 'true clips'],
      meanNames.flatMap((name) => {
        const [own, truth] = [means.clips[name], means.ceiling[name]];
        return own ? [[meanTexts[name], own.mean.toFixed(4), own.interval.map((value) => value.toFixed(4)).join(' to '), truth ? truth.mean.toFixed(4) : '-']] : []; // prettier-ignore
      }),
    )}</details>`,
  ].join('\n');
}

function bar(name: Measure, { bars }: Judgement): string {
  const { right, undecided, total } = bars.clips[name];
  const marks = [
    ['ceiling', 'ceiling', 'true clips'],
    ['floor', 'shuffled', 'shuffled prompts'],
  ] as const;
  const ticks = marks.flatMap(
    ([kind, mark, title]): Mark[] =>
    bars[kind][name].total ? [{ at: shareOf(bars[kind][name]), kind: mark, title: `${title}: ${percent(shareOf(bars[kind][name]))} %` }] : [], // prettier-ignore
  );
  const text = `${name}: ${percent(right / total)} % right, ${percent(undecided / total)} % undecided`;
  const shownName = name === 'strict' ? '<b>everything</b>' : (shownNames[name] ?? name);
  return `<span>${shownName}</span>${track(right / total, wilson(right, total), ticks, text)}<span class="value">${percent(right / total)} %</span>`;
}

function gallery(clips: readonly number[], { items }: Judgement, folder: Folder): string {
  const list = clips.map((i) => {
    const { prompt, seen, words: said } = items[i];
    return `<li>${screen(stripOf(folder, i), `${prompt} Seen: ${seen}`)}<p>${escaped(prompt)}</p>${lines(said)}</li>`;
  });
  return `<ul class="gallery">${list.join('')}</ul>`;
}

/** The words of each thing in a line of their own, then those of the whole clip. A thing that is not there is one word. */
function lines(said: readonly Judged[]): string {
  const objects = [...new Set(said.map(({ object }) => object))];
  return objects
    .map((index) => {
      const own = said.filter(({ object }) => object === index);
      if (index === null || own.some(({ seen }) => seen !== null)) return own.map(verdict).join('');
      return `<span class="wrong" title="wrong">✗ ${escaped(own.map(({ asked }) => asked).join(' '))} <small>(not there)</small></span>`; // prettier-ignore
    })
    .map((line) => (line ? `<p class="words">${line}</p>` : ''))
    .join('');
}

function verdict({ attribute, asked, seen, verdict: judged }: Judged): string {
  if (attribute === 'count' && judged === 'right') return '';
  const sign = { right: '✓', wrong: '✗', undecided: '?' }[judged];
  const name = attribute === 'count' ? `${asked} thing${asked === '1' ? '' : 's'}` : asked;
  const instead = judged === 'wrong' ? ` <small>(${escaped(seen ?? 'nothing')})</small>` : '';
  return `<span class="${judged}" title="${judged}">${sign} ${escaped(name)}${instead}</span>`;
}
