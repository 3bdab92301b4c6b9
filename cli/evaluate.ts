/**
 * Judges a folder of clips that training/sample.py (or anything that writes the same two files) made:
 * `npm run evaluate -- --clips FOLDER --out report`.
 *
 * What it is: the reader and the scores of src/measure over many clips, beside two bars: the same reader on true renders
 * of what the prompts ask (ceiling), and the clips judged by each other's prompts (floor).
 * What it is not: a sampler; it draws nothing with a model.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MeasureError } from '../src/measure';
import { contactSheet, judgeFolder, markdown, readFolder } from './judging';

const help = `npm run evaluate -- --clips FOLDER [--out report] [--n 1000]

Judges the clips of a folder that training/sample.py wrote.

  --clips FOLDER  clips.bin and clips.json
  --out FOLDER    writes report.json, report.md, best.png and worst.png there (report)
  --n N           only the first N clips
  --help          this text
`;

try {
  const { values } = parseArgs({
    options: { clips: { type: 'string' }, out: { type: 'string', default: 'report' }, n: { type: 'string' }, help: { type: 'boolean' } }, // prettier-ignore
  });
  if (values.help) process.stdout.write(help);
  else if (!values.clips) throw new MeasureError('there is nothing to judge', 'add --clips FOLDER');
  else evaluate(values.clips, values.out, values.n);
} catch (error) {
  console.error(`evaluate: ${(error as Error).message.split('\n')[0]}`);
  process.exitCode =
    error instanceof MeasureError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1;
}

function evaluate(clips: string, out: string, most: string | undefined): void {
  const limit = most === undefined ? Infinity : Number(most);
  if (!(limit >= 1)) throw new MeasureError(`n is ${most}`, 'set it to a number of at least 1');
  const folder = readFolder(clips, limit);
  const start = performance.now();
  const report = judgeFolder(folder, (done, total) => {
    if (done % 16 && done < total) return;
    const left = ((performance.now() - start) / done / 1000) * (total - done);
    process.stderr.write(`${done}/${total} clips, ${left.toFixed(0)} s left\n`);
  });
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
  writeFileSync(join(out, 'report.md'), markdown(report));
  writeFileSync(join(out, 'worst.png'), contactSheet(folder, report.worst));
  writeFileSync(join(out, 'best.png'), contactSheet(folder, report.best));
  process.stdout.write(readFileSync(join(out, 'report.md'), 'utf8'));
}
