/**
 * The report card: one page that holds everything it shows. No script, no request; the clips are pictures that CSS plays.
 * What is figured out is in report.ts; here it is only laid out.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openNames, splits, trainingPool, trialLaws, wilson } from '../../src/measure';
import type { ClipShape } from '../../src/sampling/types';
import { render, world } from '../../src/world';
import { meanNames, measures, type Judgement, type Measure, type Word } from './attributes';
import type { Folder } from './folder';
import { meanTexts, median, openTexts, settingsText, sideTexts, chance } from './markdown';
import type { DiversityRow, NoveltyJudgement } from './novelty';
import { sides, type PhysicsJudgement, type Row } from './physics';
import { chart, escaped, paths, staircase, ticksTo, track, type Mark, type Series } from './plots';
import type { Folders, Report, ScalingRow } from './report';
import { attributesSentence, bindingSentence, diversitySentence, noveltySentence, percent, physicsSentence, scalingSentence, shareOf } from './sentences'; // prettier-ignore
import { stripOf, stripOfRender } from './sheets';

const root = join(import.meta.dirname, '../..');
const shown = 6; // clips in each list

/** `command` is what makes the report again. */
export function card(report: Report, folders: Folders, command: string): string {
  const { model, shape, attributes, binding, physics, novelty, diversity, scaling } = report;
  const folder = (name: string): Folder => folders.get(name) as Folder;
  const sections: [id: string, title: string, html: string][] = [];
  if (attributes) sections.push(['asked', 'What was asked, and what is seen', words(attributes.judgement, folder(attributes.folder), attributesSentence(attributes.judgement))]); // prettier-ignore
  if (binding) sections.push(['two', 'Two things', words(binding.judgement, folder(binding.folder), bindingSentence(binding.judgement))]); // prettier-ignore
  if (physics) sections.push(['physics', 'Physics', motion(physics.judgement, folder(physics.folder))]);
  if (novelty) sections.push(['new', 'New, or copied?', newness(novelty.judgement, folder(novelty.folder))]);
  if (diversity.length) sections.push(['varied', 'As varied as the world?', variety(diversity)]);
  if (scaling.length) sections.push(['training', 'More training', growth(scaling, folders)]);
  const styles = ['styles/tokens.css', 'cli/evaluate/card.css'].map((file) => readFileSync(join(root, file), 'utf8'));
  const facts = [`Clips of ${shape.frames} frames, ${shape.width} x ${shape.height} pixels`, settingsText(report)];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Report card of ${escaped(model.name)}</title>
<style>
${styles.join('\n')}
.clip { animation-timing-function: steps(${shape.frames}, jump-none); --frames: ${shape.frames}; --aspect: ${shape.width} / ${shape.height}; }
</style>
<body>
<header>
<h1>Report card of ${escaped(model.name)}</h1>
<p class="facts">${escaped(facts.filter(Boolean).join(', '))}. Every clip was read back by machine, from its pixels alone.</p>
<nav>${sections.map(([id, title]) => `<a href="#${id}">${title}</a>`).join('')}</nav>
<p><label class="still-switch"><input type="checkbox" id="still"> Hold the clips still</label></p>
</header>
<main>
${sections.map(([id, title, html]) => `<section id="${id}"><h2>${title}</h2>\n${html}</section>`).join('\n')}
</main>
<footer>
<p class="small">Weights <code>${escaped((model.sha256 ?? 'unknown').slice(0, 16))}</code>. The same command gives the same figures again:</p>
<p class="small"><code>${escaped(command)}</code></p>
<p class="small">How the reader works, how often it is right and where it ends: docs/measure.md.</p>
</footer>
</body>
</html>
`;
}

const table = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  `<div class="table" tabindex="0"><table><thead><tr>${head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')}</tr></thead><tbody>${lines
    .map(
      ([name, ...cells]) =>
        `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
    ) // prettier-ignore
    .join('')}</tbody></table></div>`;

const lead = (text: string): string => `<p class="lead">${escaped(text)}</p>`;
const legend = (entries: readonly (readonly [string, string])[]): string =>
  `<p class="legend">${entries.map(([kind, text]) => `<span><i class="${kind}"></i>${escaped(text)}</span>`).join('')}</p>`; // prettier-ignore

/** A clip that plays. `label` says what it is to who can't see it. */
const screen = (strip: string, label: string, over = ''): string =>
  `<div class="screen"><span class="clip" role="img" aria-label="${escaped(label)}" style="--strip:url(${strip})"></span>${over}</div>`; // prettier-ignore

// ---------------------------------------------------------------------------------------------------------------------
// One thing, two things

function words(judgement: Judgement, folder: Folder, sentence: string): string {
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
    names.length
      ? table(
          ['right, %', ...names],
          measured.map((name) => [
            name,
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
  const shownName = name === 'strict' ? '<b>everything</b>' : name;
  return `<span>${shownName}</span>${track(right / total, wilson(right, total), ticks, text)}<span class="value">${percent(right / total)} %</span>`;
}

function gallery(clips: readonly number[], { items }: Judgement, folder: Folder): string {
  const list = clips.map((i) => {
    const { prompt, seen, words: said } = items[i];
    return `<li>${screen(stripOf(folder, i), `${prompt} Seen: ${seen}`)}<p>${escaped(prompt)}</p><p class="words">${said.map(verdict).join('')}</p></li>`;
  });
  return `<ul class="gallery">${list.join('')}</ul>`;
}

function verdict({ attribute, asked, seen, verdict: judged }: Word): string {
  if (attribute === 'count' && judged === 'right') return '';
  const sign = { right: '✓', wrong: '✗', undecided: '?' }[judged];
  const name = attribute === 'count' ? `${asked} thing${asked === '1' ? '' : 's'}` : asked;
  const instead = judged === 'wrong' ? ` <small>(${escaped(seen ?? 'nothing')})</small>` : '';
  return `<span class="${judged}" title="${judged}">${sign} ${escaped(name)}${instead}</span>`;
}

// ---------------------------------------------------------------------------------------------------------------------
// Physics

function motion(judgement: PhysicsJudgement, folder: Folder): string {
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

// ---------------------------------------------------------------------------------------------------------------------
// New and varied

function newness(judgement: NoveltyJudgement, folder: Folder): string {
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

function variety(rows: readonly DiversityRow[]): string {
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
        const at = found && value(found);
        return at === null || at === undefined ? [] : [[row.guidance, at]];
      }),
    }));
  const spreads = lines(({ spread }) => spread).filter(({ points }) => points.length);
  const most = Math.max(1.5, ...spreads.flatMap(({ points }) => points.map(([, value]) => value)));
  return [
    lead(diversitySentence(rows)),
    `<p class="small">${prompts} prompt${prompts === 1 ? '' : 's'}, ${count / prompts} seeds each. A full caption still leaves open where exactly a thing is, how large within its word, when it bounces, which stretch of the backdrop is seen; in the world these differ each time. Only clips whose motion is right count: ${rows.map(({ guidance, usable }) => `${usable} at ${guidance}`).join(', ')}.</p>`,
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

// ---------------------------------------------------------------------------------------------------------------------
// Scaling

function growth(rows: readonly ScalingRow[], folders: Folders): string {
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
