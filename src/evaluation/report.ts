/** Folders of clips in, judgements of every suite out: everything that the report card says, as data. */
import { MeasureError } from '../reading/errors';
import type { Reading } from '../reading/types';
import { judgeAttributes, readClips, readTruths, type Judgement, type Progress } from './attributes';
import type { About, Folder } from './clips';
import { judgeEditing, type EditingJudgement } from './editing';
import { judgeDiversity, judgeNovelty, type DiversityRow, type NoveltyJudgement } from './novelty';
import { judgePhysics, type PhysicsJudgement } from './physics';
import { judgeSet, setIn, type SetRow } from './sets';
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
  readonly editing: EditingJudgement | null;
  readonly scaling: readonly ScalingRow[];
  readonly sets: readonly SetRow[]; // by plot and shape, of one model or several
}

export type Folders = ReadonlyMap<string, Folder>;

type Copy = keyof typeof copies;
const early = (name: string): Copy | undefined =>
  (Object.keys(copies) as Copy[]).find((copy) => name.endsWith(`-${copy}`));

/** What is judged, and who hears how far it has come. */
interface Judging {
  readonly folders: readonly (readonly [name: string, folder: Folder])[];
  readonly copyOf: (name: string) => Copy | undefined;
  readonly about: (what: string) => Progress;
}

/** Clips of a suite that are judged word by word, with the readings. */
interface Read {
  readonly name: string;
  readonly folder: Folder;
  readonly clips: readonly Reading[];
  readonly truths: readonly Reading[];
  readonly judgement: Judgement;
}

/** Throws MeasureError where two folders claim to be the same, or a folder is of no suite. */
export function judge(
  given: Folders,
  { pool, onProgress }: { pool: number; onProgress: (what: string, done: number, total: number) => void },
): Report {
  const folders = [...given];
  const known = ['attributes', 'binding', 'physics', 'diversity', 'editing', 'sets'];
  for (const [name, { suite }] of folders)
    if (!known.includes(suite))
      throw new MeasureError(`${name} is of the suite "${suite}"`, `take one of ${known.join(', ')}`);
  // Beside the whole model's clips, those of a copy show the way there; alone, they are judged like any others.
  const whole = folders.some(([name, { suite }]) => suite === 'attributes' && !early(name));
  const about = (what: string): Progress => onProgress.bind(undefined, what);
  const judging: Judging = { folders, copyOf: (name) => (whole ? early(name) : undefined), about };
  const physics = one(judging, 'physics');
  const [attributes, binding] = [words(judging, 'attributes'), words(judging, 'binding')];
  const scaling = scalingOf(judging, attributes);
  const diversity = diversityOf(judging);
  const inFolder = (from: Read | null): InFolder<Judgement> | null =>
    from && { folder: from.name, judgement: from.judgement };
  const [first] = [one(judging, 'attributes'), one(judging, 'binding'), physics, ...folders].filter((each) => each !== undefined); // prettier-ignore
  const { model, decoder = null, settings, shape } = first[1];
  return {
    model,
    decoder,
    settings,
    shape,
    attributes: inFolder(attributes),
    binding: inFolder(binding),
    physics: physics ? { folder: physics[0], judgement: judgePhysics(physics[1], pool, about(`${physics[0]}: clips`)) } : null, // prettier-ignore
    novelty: attributes && diversity.length ? noveltyOf(attributes, pool, about('nearest: clips')) : null,
    diversity,
    editing: editingOf(judging),
    scaling,
    sets: setsOf(judging),
  };
}

/** The folder of a suite, those of early copies left out. */
function one({ folders, copyOf }: Judging, suite: string): readonly [string, Folder] | undefined {
  const found = folders.filter(([name, folder]) => folder.suite === suite && !copyOf(name));
  if (found.length > 1)
    throw new MeasureError(`${found.map(([name]) => name).join(' and ')} are both of the suite ${suite}`, 'judge them one at a time'); // prettier-ignore
  return found[0];
}

function words(judging: Judging, suite: string): Read | null {
  const found = one(judging, suite);
  if (!found) return null;
  const [name, folder] = found;
  const clips = readClips(folder, judging.about(`${name}: clips`));
  const truths = readTruths(folder, judging.about(`${name}: true clips`));
  return { name, folder, clips, truths, judgement: judgeAttributes(folder, clips, truths) };
}

/** The copies of the model along its training, earliest first, and the whole one. */
function scalingOf({ folders, copyOf, about }: Judging, attributes: Read | null): ScalingRow[] {
  const rows = folders.flatMap(([name, folder]): ScalingRow[] => {
    const copy = copyOf(name);
    if (!copy || folder.suite !== 'attributes') return [];
    const { bars, count } = judgeAttributes(folder, readClips(folder, about(name)), []);
    return [{ name: copy.replace('-', '/'), share: copies[copy], judgement: { bars, count }, folder: name }];
  });
  if (rows.length && attributes) {
    const { bars, count } = attributes.judgement;
    rows.push({ name: 'all', share: 1, judgement: { bars, count }, folder: attributes.name });
  }
  return rows.sort((a, b) => a.share - b.share);
}

/** What the prompts leave open, by guidance. */
function diversityOf({ folders, about }: Judging): DiversityRow[] {
  const varied = folders.filter(([, { suite }]) => suite === 'diversity');
  const truths = varied.length ? readTruths(varied[0][1], about('diversity: true clips')) : [];
  const rows = varied.map(([name, folder]) => {
    if (folder.items.length !== truths.length)
      throw new MeasureError(`${name} holds other prompts than ${varied[0][0]}`, 'draw both with the same --n');
    return judgeDiversity(folder, readClips(folder, about(name)), truths);
  });
  return rows.sort((a, b) => a.guidance - b.guidance);
}

function editingOf({ folders, about }: Judging): EditingJudgement | null {
  const own = folders.filter(([, { suite }]) => suite === 'editing');
  return own.length ? judgeEditing(own, (name) => about(`${name}: clips`)) : null;
}

function setsOf({ folders, about }: Judging): SetRow[] {
  const own = folders.filter(([, { suite }]) => suite === 'sets');
  // Before any clip is read, which takes long.
  const sets = own.map(([name, folder]) => `the set "${setIn(name, folder)}" of ${folder.model.name}`);
  const twice = sets.find((set, i) => sets.indexOf(set) < i);
  if (twice) throw new MeasureError(`two folders hold ${twice}`, 'judge them one at a time');
  return own.map(([name, folder]) => judgeSet(name, folder, about(`${name}: clips`)));
}

const noveltyOf = (
  { name, folder, clips, truths }: Read,
  pool: number,
  onProgress: Progress,
): InFolder<NoveltyJudgement> => ({
  folder: name,
  judgement: judgeNovelty(folder, clips, truths, pool, onProgress),
});
