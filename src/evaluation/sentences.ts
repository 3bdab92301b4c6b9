/** What the figures say, in one plain sentence each. The card and the Markdown both begin with them. */
import type { Bar, Judgement, Measure } from './attributes';
import type { EditingJudgement } from './editing';
import type { DiversityRow, NoveltyJudgement } from './novelty';
import type { PhysicsJudgement } from './physics';
import type { ScalingRow } from './report';
import { wilson } from './statistics';

export const percent = (share: number, digits = 0): string => (100 * share).toFixed(digits);
export const shareOf = ({ right, total }: Bar): number => (total ? right / total : 0);

/** 41 %, and the 95 % interval: 35 to 47. */
export function withInterval(bar: Bar): string {
  const [low, high] = wilson(bar.right, bar.total);
  return `${percent(shareOf(bar))} % (95 % interval ${percent(low)} to ${percent(high)})`;
}

export function attributesSentence({ bars, count }: Judgement): string {
  const own = bars.clips;
  const words = (['colour', 'thing', 'size', 'motion', 'speed', 'setting'] as const).filter((name) => own[name].total);
  const ordered = [...words].sort((a, b) => shareOf(own[b]) - shareOf(own[a]));
  const say = (name: Measure): string => `${name} (${percent(shareOf(own[name]))} %)`;
  const extremes = ordered.length > 1 ? ` Surest is ${say(ordered[0])}, hardest ${say(ordered[ordered.length - 1])}.` : ''; // prettier-ignore
  return `Of ${count} clips, ${own.strict.right} show everything that was asked: ${withInterval(own.strict)}.${extremes}`;
}

export function bindingSentence({ bars, misbound, product, count }: Judgement): string {
  const { binding, strict } = bars.clips;
  const wrong = misbound ? ` In ${misbound.right} of ${misbound.total} every word is there, but on the wrong thing.` : ''; // prettier-ignore
  return `Of ${count} clips with two things, ${binding.right} put colour, thing and motion together rightly: ${withInterval(binding)}.${wrong} Everything at once is right in ${percent(shareOf(strict))} %; it would be in ${percent(product)} % if each word came right by itself.`;
}

export function physicsSentence({ rows, given, count }: PhysicsJudgement): string {
  const said = (name: string): string | null => {
    const relative = rows.cells.find((row) => row.name === name)?.figures.clips?.relative;
    return relative ? percent(relative.mean) : null;
  };
  const [inside, gap, faster] = ['in range', 'gap', 'faster'].map((split) => said(`uniform, ${split}`));
  const parts = [`${count} clips went on from ${given} given frames.`];
  if (inside !== null) {
    const others = [gap && `between slow and fast by ${gap} %`, faster && `beyond the fastest by ${faster} %`].filter(Boolean); // prettier-ignore
    const beyond = others.length ? `; ${others.join(', ')}` : '';
    parts.push(`Where things move evenly, the velocity is off by ${inside} % of the speed inside what training shows${beyond}. Going straight on would be off by next to nothing.`); // prettier-ignore
  }
  return parts.join(' ');
}

export function noveltySentence({ pixels, described }: NoveltyJudgement): string {
  // A hint is a share that lies above what chance gives, by its whole interval.
  const hint = [pixels, described].some((found) => {
    if (!found) return false;
    const { closer, expected } = found.novelty;
    return wilson(Math.round(closer * found.own.length), found.own.length)[0] > expected;
  });
  const { closer, expected } = pixels.novelty;
  return `${percent(closer, 1)} % of the clips are nearer to a training clip in pixels than the nearest of the fresh true clips are; without copying it would be about ${percent(expected, 1)} %. ${hint ? 'That is more than chance gives: look at the nearest ones below.' : 'Nothing hints at copying.'}`; // prettier-ignore
}

/** The best strength, and what is given that is kept best and worst. */
export function editingSentence({ given, strengths }: EditingJudgement): string {
  const parts: string[] = [];
  if (given.length) {
    const ordered = [...given].sort((a, b) => shareOf(b.strict) - shareOf(a.strict));
    const say = ({ name, strict }: (typeof given)[number]) => `${name} (${percent(shareOf(strict))} %)`;
    parts.push(`With part of a film given, everything asked is seen most often in ${say(ordered[0])} and least in ${say(ordered.at(-1)!)}.`); // prettier-ignore
  }
  if (strengths.length) {
    const best = strengths.reduce((one, other) => (shareOf(other.both) > shareOf(one.both) ? other : one));
    parts.push(`Other words do best at strength ${best.strength}: the asked word changes in ${percent(shareOf(best.changed))} %, every other stays in ${percent(shareOf(best.stayed))} %, both in ${percent(shareOf(best.both))} %.`); // prettier-ignore
  }
  return parts.join(' ');
}

/** Fewer clips than this say nothing of a distribution. */
export const enough = 8;

export function diversitySentence(rows: readonly DiversityRow[]): string {
  const spread = ({ figures }: DiversityRow): number | null => {
    const given = figures.flatMap(({ spread, count }) => (spread === null || count < enough ? [] : [spread]));
    return given.length ? given.reduce((a, b) => a + b, 0) / given.length : null;
  };
  const [first, last] = [rows[0], rows[rows.length - 1]];
  const [a, b] = [spread(first), spread(last)];
  if (a === null || b === null) return 'Too few clips show the motion that was asked for to say how varied they are.';
  return `Clips of one prompt vary ${a.toFixed(2)} times as much as in the world at guidance ${first.guidance}, and ${b.toFixed(2)} times at guidance ${last.guidance} (mean over what the prompts leave open).`; // prettier-ignore
}

export function scalingSentence(rows: readonly ScalingRow[]): string {
  const [first, last] = [rows[0], rows[rows.length - 1]];
  const strict = ({ judgement }: ScalingRow): string => percent(shareOf(judgement.bars.clips.strict));
  return `The same ${last.judgement.count} prompts and seeds: everything asked is right in ${strict(first)} % after ${first.name} of the training, and in ${strict(last)} % after all of it.`; // prettier-ignore
}
