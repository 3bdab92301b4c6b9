/**
 * models/<name>/report.json, of what `npm run evaluate` has judged: `npm run report -- models/mini REPORT ...`, each REPORT a
 * folder that it was told as --out. The card's table is made of it (training/export_run.py), and the page says from it what
 * the model can and can't do.
 *
 * What it is not: a judge. It takes counts over, and refuses those of other weights.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ModelReport } from '../src/evaluation/card';
import { UsageError } from './usage';
import { writeWhole } from './whole';

type Bars = Readonly<Record<string, { readonly right: number; readonly total: number }>>;
type Item = { readonly seed: number };

/** What this needs of the reports of src/evaluation/report.ts. */
interface Judged {
  readonly model: { readonly sha256: string };
  readonly decoder: unknown;
  readonly settings: ModelReport['sets'][number]['settings'];
  readonly shape: ModelReport['sets'][number]['shape'];
  readonly attributes: {
    readonly judgement: { readonly bars: { readonly clips: Bars }; readonly items: readonly Item[] };
  } | null;
  readonly binding: Judged['attributes'];
  readonly sets: readonly { readonly name: string; readonly shape: Judged['shape']; readonly seeds: readonly [number, number]; readonly bars: Bars }[]; // prettier-ignore
}

const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

const scoresOf = (bars: Bars): Record<string, [number, number]> =>
  Object.fromEntries(
    Object.entries(bars).flatMap(([name, { right, total }]) => (total ? [[name, [right, total]]] : [])),
  );

/** folder: of the model; reports: folders that hold a report.json. Throws UsageError where one is of other weights. */
export function modelReport(folder: string, reports: readonly string[]): ModelReport {
  const model = basename(folder);
  const networks = new Map([[hashOf(join(folder, 'model.safetensors')), model]]);
  const student = join(folder, 'student/model.safetensors');
  if (existsSync(student)) networks.set(hashOf(student), 'student');
  const sets = reports.flatMap((path): ModelReport['sets'][number][] => {
    const judged = JSON.parse(readFileSync(join(path, 'report.json'), 'utf8')) as Judged;
    const network = networks.get(judged.model.sha256);
    if (network === undefined) throw new UsageError(`${path} is of other weights than ${folder}: judge clips of these, or leave it out`); // prettier-ignore
    const { settings, shape } = judged;
    const about = { network, decoded: judged.decoder !== null, settings };
    const named = [['one thing', judged.attributes] as const, ['two things', judged.binding] as const];
    return [
      ...named.flatMap(([name, each]) => {
        if (!each) return [];
        const { bars, items } = each.judgement;
        const seeds: [number, number] = [items[0].seed, items[items.length - 1].seed];
        return [{ name, ...about, clips: items.length, seeds, shape, scores: scoresOf(bars.clips) }];
      }),
      ...judged.sets.map(({ name, shape, seeds, bars }) => {
        const scores = scoresOf(bars);
        return { name, ...about, clips: scores.strict[1], seeds: [...seeds] as [number, number], shape, scores };
      }),
    ];
  });
  const command = `npm run report -- ${folder} REPORT ...`;
  return { version: 1, model, sha256: [...networks.keys()][0], command, sets };
}

const [folder, ...reports] = process.argv.slice(2);
if (process.argv[1]?.endsWith('report.ts')) {
  if (!folder || reports.length === 0) {
    console.error('Say which model, and the folders of its reports: npm run report -- models/mini REPORT ...');
    process.exit(2);
  }
  try {
    const path = join(folder, 'report.json');
    await writeWhole(path, `${JSON.stringify(modelReport(folder, reports), null, 1)}\n`);
    console.log(`${path} is written.`);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
