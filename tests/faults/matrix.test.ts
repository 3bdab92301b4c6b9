/** A short part of the fault matrix, a cell of every sort; `npm run test:faults` tries more. */
import { describe, expect, it } from 'vitest';
import { hosted } from '../page/host';
import { allCells, chosenBy, nameOf, tryCell, type Cell } from './cells';
import { failures } from './failures';
import { features } from './features';

const short: readonly Cell[] = [
  { feature: 'shakes', failure: 'the worker of the network crashes', moment: 'during' },
  { feature: 'opens the page', failure: 'the weights: broken off halfway', moment: 'before' },
  { feature: 'opens the laboratory', failure: 'every later script: another byte in it', moment: 'during' },
  { feature: 'opens the page', failure: 'without ResizeObserver', moment: 'before' },
  { feature: 'saves a file', failure: 'every worker that packs crashes', moment: 'after' },
];

const site = hosted();

describe('the matrix', () => {
  it('has a cell for every feature and every failure, and the same ones for the same seed', () => {
    expect(new Set(allCells.map(({ feature }) => feature)).size).toBe(Object.keys(features).length);
    expect(new Set(allCells.map(({ failure }) => failure)).size).toBe(Object.keys(failures).length);
    const first = (seed: number) => {
      const cells = chosenBy(seed);
      return Array.from({ length: 50 }, () => nameOf(cells.next().value as Cell));
    };
    expect(first(3)).toEqual(first(3));
    expect(first(3)).not.toEqual(first(4));
  });

  it.each(short.map((cell) => [nameOf(cell), cell] as const))('%s', { timeout: 200_000 }, async (_, cell) => {
    expect(allCells.map(nameOf)).toContain(nameOf(cell));
    expect(await tryCell(site.browser, site.host, cell)).toEqual([]);
  });
});
