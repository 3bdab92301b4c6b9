/** Folders of clips in, judgements of every suite out: everything that the report card says, as data. */
import { MeasureError } from '../../src/measure';
import { judgeAttributes, readClips, readTruths, type Judgement, type Progress } from './attributes';
import type { About, Folder } from './folder';
import { judgePhysics, type PhysicsJudgement } from './physics';
import { copies } from './suites';

/** A judgement, and the folder that its clips are in. */
export interface Judged<T> {
  readonly folder: string;
  readonly judgement: T;
}

/** One copy of the model along its training. */
export interface ScalingRow {
  readonly name: string;
  readonly share: number; // of the training
  readonly judgement: Pick<Judgement, 'bars' | 'count'>;
  readonly folder: string;
}

export interface Report {
  readonly model: About['model'];
  readonly settings: About['settings'];
  readonly shape: About['shape'];
  readonly attributes: Judged<Judgement> | null;
  readonly binding: Judged<Judgement> | null;
  readonly physics: Judged<PhysicsJudgement> | null;
  readonly scaling: readonly ScalingRow[];
}

export type Folders = ReadonlyMap<string, Folder>;

const copyOf = (name: string): keyof typeof copies | undefined =>
  (Object.keys(copies) as (keyof typeof copies)[]).find((copy) => name.endsWith(`-${copy}`));

/** Throws MeasureError where two folders claim to be the same, or a folder is of no suite. */
export function judge(
  folders: Folders,
  { pool, onProgress }: { pool: number; onProgress: (what: string, done: number, total: number) => void },
): Report {
  const about = (what: string): Progress => onProgress.bind(undefined, what);
  const known = ['attributes', 'binding', 'physics', 'diversity'];
  for (const [name, { suite }] of folders)
    if (!known.includes(suite))
      throw new MeasureError(`${name} is of the suite "${suite}"`, `take one of ${known.join(', ')}`);
  const one = (suite: string): [string, Folder] | undefined => {
    const found = [...folders].filter(([name, folder]) => folder.suite === suite && !copyOf(name));
    if (found.length > 1)
      throw new MeasureError(`${found.map(([name]) => name).join(' and ')} are both of the suite ${suite}`, 'judge them one at a time'); // prettier-ignore
    return found[0];
  };
  const words = (suite: string): Judged<Judgement> | null => {
    const found = one(suite);
    if (!found) return null;
    const [name, folder] = found;
    const clips = readClips(folder, about(`${name}: clips`));
    const truths = readTruths(folder, about(`${name}: true clips`));
    return { folder: name, judgement: judgeAttributes(folder, clips, truths) };
  };
  const attributes = words('attributes');
  const binding = words('binding');
  const going = one('physics');
  const early = [...folders].flatMap(([name, folder]): ScalingRow[] => {
    const copy = copyOf(name);
    if (!copy || folder.suite !== 'attributes') return [];
    const clips = readClips(folder, about(name));
    const { bars, count } = judgeAttributes(folder, clips, []);
    return [{ name: copy.replace('-', '/'), share: copies[copy], judgement: { bars, count }, folder: name }];
  });
  const whole = attributes && { name: 'all', share: 1, judgement: { bars: attributes.judgement.bars, count: attributes.judgement.count }, folder: attributes.folder }; // prettier-ignore
  const [first] = [one('attributes'), one('binding'), going, ...folders].filter((each) => each !== undefined);
  return {
    model: first[1].model,
    settings: first[1].settings,
    shape: first[1].shape,
    attributes,
    binding,
    physics: going ? { folder: going[0], judgement: judgePhysics(going[1], pool, about(`${going[0]}: clips`)) } : null,
    scaling: early.length && whole ? [...early, whole].sort((a, b) => a.share - b.share) : [],
  };
}
