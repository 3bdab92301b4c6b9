/**
 * Measures the breaks and the race with the network that the page ships, and prints the tables of docs/decisions:
 *
 *     npx tsx tests/app/lab/measure.ts breaks   each break on the six example films
 *     npx tsx tests/app/lab/measure.ts race     ten default races, on prompts that no test names (or on those that follow)
 */
import { outcomeOf } from '../../../src/app/lab/crown';
import { difference } from '../../../src/app/lab/difference';
import { experiments } from '../../../src/app/lab/experiments';
import { firstEntrants, raceOf, type Mark, type Race } from '../../../src/app/lab/race';
import { runRace } from '../../../src/app/lab/racing';
import { completed, defaults } from '../../../src/app/settings';
import { example, examples, openShipped, type Network } from './shipped';

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

const [what = 'breaks', ...rest] = process.argv.slice(2);
const network = await openShipped();
if (what === 'breaks') for (const prompt of rest.length > 0 ? rest : examples) await breaks(prompt);
else for (const prompt of rest.length > 0 ? rest : prompts) await race(prompt);

async function breaks(prompt: string): Promise<void> {
  const before = await example(prompt);
  console.log(`\n${prompt}\n| before | | ${say(before.mark)} |`);
  for (const { name, change } of experiments) {
    const { clip, mark } = await network.film(prompt, change(before.settings, network.shape.frames));
    console.log(`| ${name} | ${difference(before.clip, clip, network.shape).share.toFixed(2)} | ${say(mark)} |`);
  }
}

async function race(prompt: string): Promise<void> {
  const { standings, crown, open } = outcomeOf(await ran(network, prompt));
  console.log(`\n${prompt}${open ? ' (not through)' : ''}`);
  for (const each of standings) {
    const { entry, calls, right, lawful, blurred, distance, spread } = each;
    const far = `${distance?.toFixed(3)} (${spread?.map((d) => d.toFixed(3)).join(' to ')})`;
    const least = Math.min(...standings.filter((other) => other.calls <= calls).map((other) => other.distance!));
    const marks = [each === crown && 'crowned', blurred && 'blurred'].filter(Boolean).join(', ');
    const clear = entry.films.map(({ mark }) => mark!.clarity?.toFixed(2)).join(' ');
    console.log(`| ${entry.sampler} ${calls} | ${right} | ${lawful} | ${far} | ${(distance! / least).toFixed(2)} | ${clear} | ${marks} |`); // prettier-ignore
  }
}

/** A default race, all of it. */
async function ran({ film, shape }: Network, prompt: string): Promise<Race> {
  let now = raceOf(firstEntrants, { size: 'small', prompt, settings: defaults, shape });
  let newest: Mark | null = null;
  await runRace(now, new AbortController().signal, {
    async *steps(request) {
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

function say({ right, asked, lawful, clarity, flicker }: Mark): string {
  return `${right}/${asked} | ${lawful} | ${clarity?.toFixed(2)} | ${flicker.toFixed(4)}`;
}
