/**
 * npm run test:faults [-- --minutes 10 --seed 1 --lanes 2]: cells of the fault matrix, one after the other in each lane, until
 * the time is up. A seed says which come, and in what order; `--cell "shakes / the weights: reset / before"` tries one
 * (or all whose name holds that text; it may be given several times), `--list` names them. Ends with a plain verdict.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findBrowser, flagsWithoutGpu, howToInstall } from '../../scripts/browser.mjs';
import { Host } from '../page/host';
import { allCells, chosenBy, nameOf, tryCell, type Cell } from './cells';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: String(Math.max(1, availableParallelism() - 1)) },
    patience: { type: 'string', default: '60' }, // seconds for a page to come to an end, on a machine that has more to do
    cell: { type: 'string', multiple: true },
    list: { type: 'boolean', default: false },
  },
});

const wanted = values.cell;
const matches = (cell: Cell) => wanted === undefined || wanted.some((text) => nameOf(cell).includes(text));
const cells = chosenBy(Number(values.seed), allCells.filter(matches));
if (values.list) {
  for (const cell of cells) console.log(nameOf(cell));
  process.exit(0);
}
const executablePath = findBrowser();
if (!executablePath) throw new Error(howToInstall);

const first = await Host.build();
const browser = await chromium.launch({ executablePath, args: flagsWithoutGpu });
const until = performance.now() + Number(values.minutes) * 60_000;
let [tried, bad] = [0, 0];

async function lane(host: Host): Promise<void> {
  await host.start();
  for (let next = cells.next(); !next.done && performance.now() < until; next = cells.next()) {
    const begun = performance.now();
    const problems = await tryCell(browser, host, next.value, Number(values.patience) * 1000);
    tried += 1;
    if (problems.length > 0) bad += 1;
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    console.log(`${problems.length ? 'BAD ' : 'good'} ${seconds.padStart(3)} s  ${nameOf(next.value)}`);
    for (const problem of problems) console.log(`       ${problem}`);
  }
  await host.stop();
}

await Promise.all(
  Array.from({ length: Number(values.lanes) }, (_, i) => lane(i === 0 ? first : new Host(first.folder))),
);
await browser.close();
first.remove();
console.log(
  `FAULTS: ${bad ? `BAD, ${bad}` : 'good, 0'} of ${tried} cells (seed ${values.seed}, ${allCells.length} in all)`,
);
process.exit(bad ? 1 : 0);
