/**
 * Runs default races with the network that the page ships, on prompts that no test names, and writes what they crowned:
 *
 *     npm run measure:race                 ten races, written to race.md among the references; 17 minutes of a quiet core
 *     npm run measure:race -- "A red ..."  races on these words, printed
 *
 * It ends with 1 where the bar is missed: whoever is crowned is at most a tenth farther from the long runs than the nearest
 * of equal or fewer model calls. The bar is worked out here from the distances alone, and not by the rule that crowns.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf, type Outcome, type Standing } from '../../src/lab/crown';
import { filmCounts, raceOf, type Mark, type Race } from '../../src/lab/race';
import { firstEntrants } from '../../src/settings/race';
import { runRace } from '../../src/lab/racing';
import { completed, defaults } from '../../src/settings/settings';
import { openShipped, type Network } from './shipped';

const prompts = [
  'A big green ball moving left fast in the desert.',
  'A small blue boat moving right slowly at sea.',
  'A big purple ball falling at sunset.',
  'A small yellow fish moving left fast at sea.',
  'A big red heart growing at night.',
  'A small orange ball bouncing in the meadow.',
  'A big blue rocket moving up slowly at sunset.',
  'A small pink heart shrinking in the snow.',
  'A big red boat standing still at sea.',
  'A small green fish moving right slowly at sea.',
];
const bar = 1.1;
const root = join(import.meta.dirname, '../..');
const report = join(root, 'docs', 'reference', 'race.md');

const given = process.argv.slice(2);
const network = await openShipped();
const races: Ran[] = [];
for (const prompt of given.length > 0 ? given : prompts) {
  races.push(outcome(await ran(network, prompt)));
  console.log(table(races.at(-1)!));
}
if (given.length === 0) writeFileSync(report, text(races));
console.log(verdict(races));
process.exitCode = races.every(({ ratio }) => ratio === null || ratio <= bar) ? 0 : 1;

interface Ran extends Outcome {
  readonly race: Race;
  /** The crowned one's distance over the least of equal or fewer model calls; null where nobody is crowned. */
  readonly ratio: number | null;
}

/** A default race, all of it. */
async function ran({ film, shape }: Network, prompt: string): Promise<Race> {
  let now = raceOf(firstEntrants, { size: 'small', prompt, settings: defaults, shape });
  let newest: Mark | null = null;
  await runRace(now, new AbortController().signal, {
    async *steps({ prompt, ...request }) {
      const { clip, mark } = await film(prompt, completed(request));
      newest = mark;
      yield { index: 0, steps: 1, t: 0, tNext: 1, x: clip, guess: clip, calls: 1, milliseconds: 0 };
    },
    mark: async () => newest,
    publish: (race) => (now = race),
    tick: () => {},
  });
  return now;
}

function outcome(race: Race): Ran {
  const found = outcomeOf(race);
  return { ...found, race, ratio: found.crown ? ratioOf(found.crown, found.standings) : null };
}

function ratioOf({ calls, distance }: Standing, standings: readonly Standing[]): number {
  const least = Math.min(...standings.filter((other) => other.calls <= calls).map((other) => other.distance!));
  return distance! / least;
}

function verdict(races: readonly Ran[]): string {
  const crowns = races.flatMap(({ ratio }) => ratio ?? []);
  const most = Math.max(...crowns);
  return `${crowns.length} of ${races.length} races crown a setting. The farthest of these is ${(100 * (most - 1)).toFixed(1)} % farther from the long runs than the nearest of equal or fewer model calls (bar: 10 %): ${most <= bar ? 'met' : 'missed'}.`;
}

function text(races: readonly Ran[]): string {
  const manifest = readFileSync(join(root, 'models/mini/manifest.json'), 'utf8');
  const { sha256 } = (JSON.parse(manifest) as { files: { sha256: string }[] }).files[0];
  const films = filmCounts.small;
  const rows = races.map(({ race, crown, ratio }) =>
    crown
      ? `| ${race.prompt} | ${crown.entry.sampler} ${crown.calls} | ${crown.distance!.toFixed(3)} | ${ratio!.toFixed(2)} | ${crown.right} | ${crown.lawful} (${crown.longLawful}) |`
      : `| ${race.prompt} | nobody | | | | |`,
  );
  return `<!-- prettier-ignore-start -->
# Ten default races

Written by \`npm run measure:race\`, not by hand: default races with \`mini\` (weights ${sha256.slice(0, 12)}), ${films} films of each setting, on
prompts that no test names. How the crown is given: [the race](../decisions/race-by-model-calls.md).

${verdict(races)}

Distance: mean root mean square to the long runs. Times the least: over that of the nearest of equal or fewer model calls.
Words, law: of ${films} films, how many show every word, and in how many everything moves as its law says (in brackets: of the long runs).

| prompt | crowned, model calls | distance | times the least | words | law |
|---|---|---|---|---|---|
${rows.join('\n')}

## Every setting of every race
${races.map((ran) => `\n${table(ran)}\n`).join('')}
<!-- prettier-ignore-end -->
`;
}

function table({ race, standings, crown }: Ran): string {
  const rows = standings.map((each) => {
    const { entry, calls, right, lawful, lawless, blurred, distance, spread } = each;
    const marks = [each === crown && 'crowned', blurred && 'blurred', lawless && 'breaks the law'].filter(Boolean);
    const far = `${distance!.toFixed(3)} (${spread!.map((d) => d.toFixed(3)).join(' to ')})`;
    const clarity = entry.films.map(({ mark }) => mark!.clarity?.toFixed(2) ?? '-').join(' ');
    return `| ${entry.sampler} ${calls} | ${far} | ${ratioOf(each, standings).toFixed(2)} | ${right} | ${lawful} | ${clarity} | ${marks.join(', ')} |`;
  });
  return `**${race.prompt}**\n\n| setting | distance (spread) | times the least | words | law | clarity | |\n|---|---|---|---|---|---|---|\n${rows.join('\n')}`;
}
