/** Folders of clips in, judgements of every suite out: everything that the report card says, as data. */
import { MeasureError } from '../reading/errors';
import { judgeAttributes, readClips, readTruths, type Judgement, type Progress } from './attributes';
import type { About, Folder } from './clips';
import { judgeDiversity, judgeNovelty, type DiversityRow, type NoveltyJudgement } from './novelty';
import { judgePhysics, type PhysicsJudgement } from './physics';
import { judgeSet, type SetRow } from './sets';
import { copies } from './suites';

/** A judgement, and the folder that its clips are in. */
interface InFolder<T> {
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
  readonly decoder: NonNullable<About['decoder']> | null; // null: clips as the transformer made them
  readonly settings: About['settings'];
  readonly shape: About['shape'];
  readonly attributes: InFolder<Judgement> | null;
  readonly binding: InFolder<Judgement> | null;
  readonly physics: InFolder<PhysicsJudgement> | null;
  readonly novelty: InFolder<NoveltyJudgement> | null;
  readonly diversity: readonly DiversityRow[]; // by guidance
  readonly scaling: readonly ScalingRow[];
  readonly sets: readonly SetRow[]; // by plot and shape, of one model or several
}

export type Folders = ReadonlyMap<string, Folder>;

type Copy = keyof typeof copies;
const early = (name: string): Copy | undefined =>
  (Object.keys(copies) as Copy[]).find((copy) => name.endsWith(`-${copy}`));

/** Throws MeasureError where two folders claim to be the same, or a folder is of no suite. */
export function judge(
  folders: Folders,
  { pool, onProgress }: { pool: number; onProgress: (what: string, done: number, total: number) => void },
): Report {
  const about = (what: string): Progress => onProgress.bind(undefined, what);
  const known = ['attributes', 'binding', 'physics', 'diversity', 'sets'];
  for (const [name, { suite }] of folders)
    if (!known.includes(suite))
      throw new MeasureError(`${name} is of the suite "${suite}"`, `take one of ${known.join(', ')}`);
  // Beside the whole model's clips, those of a copy show the way there; alone, they are judged like any others.
  const whole = [...folders].some(([name, { suite }]) => suite === 'attributes' && !early(name));
  const copyOf = (name: string): Copy | undefined => (whole ? early(name) : undefined);
  const one = (suite: string): [string, Folder] | undefined => {
    const found = [...folders].filter(([name, folder]) => folder.suite === suite && !copyOf(name));
    if (found.length > 1)
      throw new MeasureError(`${found.map(([name]) => name).join(' and ')} are both of the suite ${suite}`, 'judge them one at a time'); // prettier-ignore
    return found[0];
  };
  const words = (suite: string) => {
    const found = one(suite);
    if (!found) return null;
    const [name, folder] = found;
    const clips = readClips(folder, about(`${name}: clips`));
    const truths = readTruths(folder, about(`${name}: true clips`));
    return { name, folder, clips, truths, judgement: judgeAttributes(folder, clips, truths) };
  };
  const attributes = words('attributes');
  const binding = words('binding');
  const going = one('physics');

  const scaling = [...folders].flatMap(([name, folder]): ScalingRow[] => {
    const copy = copyOf(name);
    if (!copy || folder.suite !== 'attributes') return [];
    const { bars, count } = judgeAttributes(folder, readClips(folder, about(name)), []);
    return [{ name: copy.replace('-', '/'), share: copies[copy], judgement: { bars, count }, folder: name }];
  });
  if (scaling.length && attributes) {
    const { bars, count } = attributes.judgement;
    scaling.push({ name: 'all', share: 1, judgement: { bars, count }, folder: attributes.name });
  }

  const varied = [...folders].filter(([, { suite }]) => suite === 'diversity');
  const truths = varied.length ? readTruths(varied[0][1], about('diversity: true clips')) : [];
  const diversity = varied.map(([name, folder]) => {
    if (folder.items.length !== truths.length)
      throw new MeasureError(`${name} holds other prompts than ${varied[0][0]}`, 'draw both with the same --n');
    return judgeDiversity(folder, readClips(folder, about(name)), truths);
  });
  const sets = [...folders]
    .filter(([, { suite }]) => suite === 'sets')
    .map(([name, folder]) => judgeSet(name, folder, about(`${name}: clips`)));
  for (const [i, { model, name }] of sets.entries())
    if (sets.findIndex((other) => other.model === model && other.name === name) < i)
      throw new MeasureError(`two folders hold the set "${name}" of ${model}`, 'judge them one at a time');
  const judged = (from: ReturnType<typeof words>): InFolder<Judgement> | null =>
    from && { folder: from.name, judgement: from.judgement };
  const [first] = [one('attributes'), one('binding'), going, ...folders].filter((each) => each !== undefined);
  return {
    model: first[1].model,
    decoder: first[1].decoder ?? null,
    settings: first[1].settings,
    shape: first[1].shape,
    attributes: judged(attributes),
    binding: judged(binding),
    physics: going ? { folder: going[0], judgement: judgePhysics(going[1], pool, about(`${going[0]}: clips`)) } : null,
    novelty:
      attributes && varied.length
        ? {
            folder: attributes.name,
            judgement: judgeNovelty(
              attributes.folder,
              attributes.clips,
              attributes.truths,
              pool,
              about('nearest: clips'),
            ),
          }
        : null,
    diversity: diversity.sort((a, b) => a.guidance - b.guidance),
    scaling: scaling.sort((a, b) => a.share - b.share),
    sets,
  };
}
