/** The eight chapters, in order. Each works on recorded runs alone; a live run counts just as well. */
import { difference } from '../lab/difference';
import { clipAt, isComplete, type Run } from '../app/state';
import { verdictOf } from '../judging/verdict';
import { score } from '../evaluation/score';
import { undecided } from '../reading/types';
import { world } from '../world/world';
import { settled, type Chapter, type Findings, type Seen, type Stage } from './chapter';
import { facts } from './facts';
import { ball, boat, cutTime, fish, heart, hole, otherFalls, otherNoise, rocket, sameNoise, type Film } from './films';
import { changeOf, frameOff, likeness } from './measure';
import { countOf, cutNamed, ownCut } from './patches';
import { networkSide } from './twin';
import { cleanClip, noiseShares, offBy, wreckFilm, wreckScene, wreckShape } from './wreck';

const finished = (film: Film): Stage => ({ film, show: 'guess', sharp: true, row: null });
const filmOf = ({ steps }: Run): Float32Array => steps[steps.length - 1].guess;
const sameWords = (a: Run, b: Run): boolean => a.prompt === b.prompt;
const sameSeed = (a: Run, b: Run): boolean => a.settings.seed === b.settings.seed;

/** The newest two films of which `holds` is true. */
function pairOf(films: readonly Seen[], holds: (a: Run, b: Run) => boolean): readonly [Run, Run] | null {
  for (let later = films.length - 1; later > 0; later--)
    for (let sooner = later - 1; sooner >= 0; sooner--)
      if (holds(films[sooner].run, films[later].run)) return [films[sooner].run, films[later].run];
  return null;
}

const apart = ([a, b]: readonly [Run, Run]): number => difference(filmOf(a), filmOf(b), a.shape).share;

const noise: Chapter<Findings['noise']> = {
  id: 'noise',
  stage: { film: ball, show: 'x', sharp: true, row: 0 },
  questions: [{ id: 'alike', kind: 'choice', choices: ['same', 'some', 'other'] }],
  films: [...sameNoise, ...otherNoise],
  beside: null,
  points: ['film'],
  find({ films }) {
    const words = pairOf(films, (a, b) => sameSeed(a, b) && !sameWords(a, b));
    const seeds = pairOf(films, (a, b) => sameWords(a, b) && !sameSeed(a, b));
    if (!words || !seeds) return null;
    const { run } = films[films.length - 1];
    const like = Math.abs(likeness(run.steps[0].x, filmOf(run)));
    return { kind: 'noise', words: apart(words), seeds: apart(seeds), likeness: like };
  },
  outcome: ({ words }) => ({ alike: [words < 0.05 ? 'same' : words < 0.3 ? 'some' : 'other'] }),
};

const wrecking: Chapter<Findings['wrecking']> = {
  id: 'wrecking',
  stage: finished(fish),
  questions: noiseShares.map((share) => ({
    id: `at${100 * share}`,
    kind: 'choice',
    choices: ['ball', 'heart', 'boat', 'fish'],
  })),
  films: [],
  beside: { film: wreckFilm, read: true },
  points: [],
  find({ answers, beside, besideReadings, tries }) {
    if (!tries.includes('clean') || besideReadings.length <= noiseShares.length) return null;
    if (besideReadings.includes(undefined)) return null;
    const clip = cleanClip();
    const levels = noiseShares.map((share, i) => {
      const things = besideReadings[i + 1]?.objects.map(({ thing }) => thing) ?? [];
      return {
        noise: share,
        yours: String(answers[`at${100 * share}`]),
        its: things.find((thing) => thing !== undecided) ?? null,
        off: offBy(beside[i + 1], clip) / 2,
      };
    });
    return { kind: 'wrecking', thing: wreckScene.objects[0].thing, levels };
  },
  outcome: ({ thing, levels }) => Object.fromEntries(levels.map(({ noise }) => [`at${100 * noise}`, [thing]])),
};

const patches: Chapter<Findings['patches']> = {
  id: 'patches',
  stage: { ...finished(fish), sharp: false },
  questions: [{ id: 'count', kind: 'number', min: 1, max: 100_000 }],
  films: [],
  beside: null,
  points: [],
  find({ tries }) {
    if (tries.length < 2) return null;
    const counts = tries.map((name) => countOf(cutNamed(name), wreckShape));
    const finest = counts.reduce((most, count) => (count.tokens > most.tokens ? count : most));
    const own = countOf(ownCut, wreckShape);
    return { kind: 'patches', own: own.tokens, ownPairs: own.pairs, ...finest };
  },
  outcome: ({ own }) => ({ count: [own] }),
};

/** No patch looked at another time in it, be it a recording or the learner's own run. */
const withoutTime = ({ settings }: Run): boolean => settings.ablation.some(({ kind }) => kind === 'time');

const together: Chapter<Findings['together']> = {
  id: 'together',
  stage: finished(fish),
  questions: [
    { id: 'middle', kind: 'choice', choices: ['first', 'all', 'last'] },
    { id: 'cut', kind: 'choice', choices: ['same', 'apart', 'still'] },
  ],
  films: [cutTime],
  beside: null,
  points: ['sheet'],
  find({ films, rows }) {
    const whole = films.find(({ run }) => !withoutTime(run))?.run;
    const cut = films.findLast(({ run }) => withoutTime(run))?.run;
    if (!whole || !cut) return null;
    const { shape, steps } = whole;
    const between = rows.filter((row) => row > 0 && row < steps.length);
    if (between.length < 3) return null;
    const off = (row: number) => Math.abs(row - steps.length / 2);
    const step = between.reduce((best, row) => (off(row) < off(best) ? row : best));
    const [guess, film] = [clipAt(whole, step, 'guess')!, filmOf(whole)];
    const at = (frame: number) => frameOff(guess, film, shape, frame);
    const [first, middle, last] = [0, Math.floor(shape.frames / 2), shape.frames - 1].map(at);
    const changes = { whole: changeOf(film, shape), cut: changeOf(filmOf(cut), cut.shape) };
    return { kind: 'together', step, steps: steps.length, first, middle, last, ...changes };
  },
  outcome: ({ first, last, whole, cut }) => ({
    middle: [first * 3 < last ? 'first' : last * 3 < first ? 'last' : 'all'],
    cut: [cut > 1.25 * whole ? 'apart' : cut < 0.75 * whole ? 'still' : 'same'],
  }),
};

const words: Chapter<Findings['words']> = {
  id: 'words',
  stage: finished(rocket),
  questions: [{ id: 'last', kind: 'choice', choices: settled }],
  films: [],
  beside: null,
  points: ['words', 'decided'],
  find({ run, rows, decisions, readings }) {
    if (!run || !isComplete(run) || rows.length === 0 || readings.includes(undefined)) return null;
    const order = settled.flatMap((what) => {
      const row = decisions.find(({ decision, object }) => decision === what && (object === null || object === 0));
      return row && row.from !== null ? [{ what, step: row.from }] : [];
    });
    return order.length < 2 ? null : { kind: 'words', order: order.toSorted((a, b) => a.step - b.step) };
  },
  outcome({ order }) {
    const last = order[order.length - 1];
    const ties = order.filter(({ step, what }) => step === last.step && what !== last.what);
    return { last: [last.what, ...ties.map(({ what }) => what)] };
  },
};

const roads: Chapter<Findings['roads']> = {
  id: 'roads',
  stage: finished(ball),
  questions: [{ id: 'one', kind: 'choice', choices: ['film', 'blur', 'noise'] }],
  films: [],
  beside: null,
  points: ['sheet'],
  find({ run, rows, readings }) {
    if (!run || !isComplete(run) || !rows.includes(0) || !rows.some((row) => row >= run.steps.length - 1)) return null;
    const [first, last] = [readings[0], readings.at(-1)];
    if (!first || !last) return null;
    const steps = run.steps.length;
    const rightIn = (reading: typeof first) =>
      score(reading, run.prompt).words.filter(({ verdict }) => verdict === 'right').length;
    const half = run.steps[Math.floor(steps / 2)].guess;
    const late = difference(half, filmOf(run), run.shape).share;
    const total = score(last, run.prompt).words.length;
    return { kind: 'roads', steps, one: rightIn(first), all: rightIn(last), total, late };
  },
  outcome: ({ one, total }) => ({ one: [one === total ? 'film' : one === 0 ? 'noise' : 'blur'] }),
};

const [, askedColour, askedThing] = /big (\w+) (\w+)/.exec(hole.prompt)!;

const physics: Chapter<Findings['physics']> = {
  id: 'physics',
  stage: finished(ball),
  questions: [
    { id: 'law', kind: 'choice', choices: ['same', 'different'] },
    { id: 'hole', kind: 'choice', choices: ['right', 'colour', 'thing'] },
  ],
  films: [ball, ...otherFalls, hole],
  beside: null,
  points: ['plots'],
  find({ films }) {
    const balls = films.flatMap(({ run, reading }) => {
      const [object] = reading?.objects ?? [];
      if (run.prompt !== ball.prompt || !object) return [];
      const verdict = verdictOf(object, run.shape.height);
      return verdict.kind === 'bounces' && verdict.g !== null ? [{ g: verdict.g, kept: verdict.kept }] : [];
    });
    const asked = films.findLast(({ run, reading }) => run.prompt === hole.prompt && reading !== null);
    if (balls.length < 3 || !asked) return null;
    const told = (word: string | undefined) => (word === undefined || word === undecided ? null : word);
    const [object] = asked.reading!.objects;
    return {
      kind: 'physics',
      balls: balls.slice(-3),
      due: world.restitution,
      hole: { colour: told(object?.colour), thing: told(object?.thing) },
    };
  },
  outcome({ balls, hole: { colour, thing } }) {
    const all = balls.map(({ g }) => g);
    return {
      law: [Math.max(...all) - Math.min(...all) <= 0.1 ? 'same' : 'different'],
      hole: [thing !== askedThing ? 'thing' : colour !== askedColour ? 'colour' : 'right'],
    };
  },
};

const sora: Chapter<Findings['sora']> = {
  id: 'sora',
  stage: finished(heart),
  questions: [{ id: 'which', kind: 'choice', choices: ['left', 'right'] }],
  films: [],
  beside: { film: boat, read: false },
  points: [],
  find({ answers, beside, tries, parameters }) {
    if (beside.length === 0 || !tries.includes('label')) return null;
    const larger = facts.largeOpen / parameters;
    return { kind: 'sora', right: answers.which === networkSide, side: networkSide, parameters, larger };
  },
  outcome: ({ side }) => ({ which: [side] }),
};

export const chapters: readonly Chapter[] = [noise, wrecking, patches, together, words, roads, physics, sora];
