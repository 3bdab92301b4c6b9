/**
 * npm run fuzz [-- --minutes 10 --kind links --seed 1]: as many cases as there is time for, of one kind or of all in turn;
 * `--cases 100000`: so many of each, however long it takes.
 *
 * The reader runs in a process of its own, so that a loop without end can be ended and its input named. Whatever breaks a
 * reader is made smaller and kept in tests/fuzz/corpus, where every test tries it from then on. Ends with a plain verdict.
 */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { attack, shown, type Found, type Input, type Kind } from './engine';
import { kinds } from './kinds';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    cases: { type: 'string' },
    kind: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    attack: { type: 'string' }, // in the process of its own: the file with the input that is being tried
  },
});
const chosen = kinds.filter(({ name }) => values.kind === undefined || name === values.kind);
const seed = Number(values.seed);
const minutes = Number(values.minutes) / Math.max(1, chosen.length);

/** Milliseconds in which not one case ends. */
const silence = 60_000;

const packed = (input: Input) => (typeof input === 'string' ? JSON.stringify(input) : Buffer.from(input));

function keep(kind: string, { input, why }: Found): void {
  const folder = join(import.meta.dirname, 'corpus', kind);
  mkdirSync(folder, { recursive: true });
  const bytes = packed(input);
  const name = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const text = typeof input === 'string';
  writeFileSync(join(folder, `${name}.${text ? 'json' : 'bin'}`), text ? `${bytes}\n` : bytes);
  console.error(`${kind}: ${why}\n  ${shown(input)}`);
}

async function attackHere(current: string): Promise<void> {
  const known = new Set<string>();
  const [kind] = chosen;
  const begun = performance.now();
  const report = await attack(kind, {
    seed,
    ...(values.cases === undefined ? { until: begun + minutes * 60_000 } : { cases: Number(values.cases) }),
    before: (input) => writeFileSync(current, packed(input)),
    onFound: (found) => {
      if (!known.has(found.why.replace(/\d+/g, '0'))) keep(kind.name, found);
      known.add(found.why.replace(/\d+/g, '0'));
    },
  });
  const seconds = (performance.now() - begun) / 1000;
  console.log(
    `${kind.name}: ${report.cases} cases in ${seconds.toFixed(0)} s, ${report.answers} answers, the slowest ${report.slowest.toFixed(0)} ms of the processor, ${(report.largest / 1e6).toFixed(1)} MB set aside at most, ${known.size} broken`,
  );
  process.exitCode = known.size ? 1 : 0;
}

/** Runs one kind beside this process. Resolves to whether nothing was found. */
async function watched(kind: Kind<Input>): Promise<boolean> {
  const text = typeof (await kind.good())[0] === 'string';
  const folder = mkdtempSync(join(tmpdir(), 'snowglobe-fuzz-'));
  const current = join(folder, 'input');
  writeFileSync(current, '');
  const given = ['--kind', kind.name, '--seed', String(seed), '--attack', current];
  given.push(...(values.cases === undefined ? ['--minutes', String(minutes)] : ['--cases', values.cases]));
  const child = fork(fileURLToPath(import.meta.url), given, { execArgv: ['--import', 'tsx'] });
  return new Promise((resolve) => {
    let last = '';
    const watch = setInterval(() => {
      const now = readFileSync(current, 'latin1');
      if (last !== '' && now === last) {
        const bytes = new Uint8Array(readFileSync(current));
        keep(kind.name, { input: text ? (JSON.parse(now) as string) : bytes, why: `no end in ${silence / 1000} s` });
        child.kill('SIGKILL');
      }
      last = now;
    }, silence);
    child.on('exit', (code) => {
      clearInterval(watch);
      rmSync(folder, { recursive: true, force: true });
      resolve(code === 0);
    });
  });
}

if (values.attack) await attackHere(values.attack);
else if (!chosen.length) {
  console.error(`There is no kind ${values.kind}: ${kinds.map(({ name }) => name).join(', ')}`);
  process.exitCode = 2;
} else {
  let good = true;
  for (const kind of chosen) good = (await watched(kind)) && good;
  console.log(good ? `FUZZ: good (seed ${seed})` : `FUZZ: BAD (seed ${seed})`);
  process.exitCode = good ? 0 : 1;
}
