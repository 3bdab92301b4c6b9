/**
 * Measures the breaks with the network that the page ships, on the six example films (or on those whose prompts follow), and
 * prints the tables of docs/decisions/breaks-that-break.md: npx tsx tests/lab/measure-breaks.ts
 */
import { difference } from '../../src/lab/difference';
import { experiments } from '../../src/lab/experiments';
import type { Mark } from '../../src/lab/race';
import { example, examples, openShipped } from './shipped';

const prompts = process.argv.slice(2);
const network = await openShipped();
for (const prompt of prompts.length > 0 ? prompts : examples) await breaks(prompt);

async function breaks(prompt: string): Promise<void> {
  const before = await example(prompt);
  console.log(`\n${prompt}\n| before | | ${say(before.mark)} |`);
  for (const { name, change } of experiments) {
    const { clip, mark } = await network.film(prompt, change(before.settings, network.shape.frames));
    console.log(`| ${name} | ${difference(before.clip, clip, network.shape).share.toFixed(2)} | ${say(mark)} |`);
  }
}

function say({ right, asked, lawful, clarity, flicker }: Mark): string {
  return `${right}/${asked} | ${lawful} | ${clarity?.toFixed(2)} | ${flicker.toFixed(4)}`;
}
