/** Nouns and verbs by what they are a kind of: the anchors are the synsets that the world has something for, or nothing. */
import { slipsBetween } from '../../src/words/slips';
import { vocabulary } from '../../src/world/prompt';
import type { Part, WordNet } from './wordnet';

export type TableLine = [means: string, how: string, why: string, words: string];

interface Anchor {
  readonly means: string;
  readonly how: 'kind' | 'like' | 'far';
  readonly why: string;
  readonly synsets: readonly string[]; // WordNet 3
  readonly rare?: boolean; // words that were never met in tagged text, too
  readonly least?: number; // how often a word must have been met, where once is not enough
  readonly steps?: number; // how many steps up are near enough, where they are fewer than usual
}

const nouns: readonly Anchor[] = [
  {
    means: 'thing ball',
    how: 'kind',
    why: 'kinds of ball',
    synsets: ['02781674', '13922097', '02782458'],
    rare: true,
    steps: 2,
  },
  { means: 'thing ball', how: 'like', why: 'round: planets, balloons, discs', synsets: ['09416900', '02785352', '02785116', '13896141', '13897824', '04281649'] }, // prettier-ignore
  { means: 'thing box', how: 'kind', why: 'kinds of box', synsets: ['02886585'], rare: true },
  { means: 'thing box', how: 'like', why: 'cubes', synsets: ['13939754', '13937623'] },
  {
    means: 'thing star',
    how: 'kind',
    why: 'kinds of star, in the sky and on paper',
    synsets: ['09467004', '13904301'],
  },
  { means: 'thing ring', how: 'kind', why: 'rings and hoops', synsets: ['13898031', '03539152', '04099721'] },
  { means: 'thing ring', how: 'like', why: 'wheels', synsets: ['04582285'] },
  { means: 'thing boat', how: 'kind', why: 'kinds of vessel', synsets: ['02861626', '04537861'], rare: true },
  { means: 'thing fish', how: 'kind', why: 'kinds of fish', synsets: ['02514684'], rare: true },
  { means: 'thing rocket', how: 'kind', why: 'rockets and spacecraft', synsets: ['04106523', '04272024', '04240011'], rare: true }, // prettier-ignore
  { means: 'setting meadow', how: 'like', why: 'grassland, fields, woods', synsets: ['08588163', '08615857', '08587527', '08455525', '09306921'] }, // prettier-ignore
  { means: 'setting sea', how: 'like', why: 'bodies of water and their shores', synsets: ['09248053', '09240137'] },
  { means: 'setting desert', how: 'like', why: 'deserts and dunes', synsets: ['08522594', '09293641'] },
  { means: 'setting snow', how: 'like', why: 'snow and ice', synsets: ['11528800', '15068330', '14939335'] },
  { means: 'far animal', how: 'far', why: 'an animal; the only animal of the world is a fish', synsets: ['00015568'], rare: true }, // prettier-ignore
  { means: 'far vehicle', how: 'far', why: 'a vehicle; those of the world are a boat and a rocket', synsets: ['04531608', '02689427'], rare: true }, // prettier-ignore
  { means: 'far person', how: 'far', why: 'a person; there are none', synsets: ['00007846'], least: 3 },
  { means: 'far plant', how: 'far', why: 'a plant; there are none', synsets: ['00017402'] },
  { means: 'far food', how: 'far', why: 'food; there is none', synsets: ['00021445', '07571428', '13155706'] },
  { means: 'far building', how: 'far', why: 'buildings, rooms, towns, ways', synsets: ['02916498', '04348764', '08542298', '08683242', '04103160', '04112987'] }, // prettier-ignore
  { means: 'far thing', how: 'far', why: 'a thing that nothing of the world looks like', synsets: ['00022119', '00019308', '05227735'] }, // prettier-ignore
];

const verbs: readonly Anchor[] = [
  { means: 'motion moving', how: 'like', why: 'ways to get along', synsets: ['01839438'] },
  { means: 'motion up', how: 'kind', why: 'ways to rise', synsets: ['01972576', '01973223'] },
  { means: 'motion down', how: 'kind', why: 'ways to sink', synsets: ['01974840', '01989937'] },
  { means: 'motion falling', how: 'kind', why: 'ways to fall', synsets: ['01976312', '01980855'] },
  { means: 'motion bouncing', how: 'kind', why: 'ways to bounce and jump', synsets: ['01896097', '01967949'] },
  { means: 'motion orbiting', how: 'kind', why: 'ways to go round', synsets: ['02047875', '01915332', '02048171'] },
  { means: 'motion spinning', how: 'kind', why: 'ways to turn', synsets: ['02048992', '02050704'] },
  { means: 'motion growing', how: 'kind', why: 'ways to get bigger', synsets: ['00258155', '02081395'] },
  { means: 'motion shrinking', how: 'kind', why: 'ways to get smaller', synsets: ['00241457', '00241924'] },
  { means: 'motion colliding', how: 'kind', why: 'ways to run into something', synsets: ['01563925'] },
];

/**
 * Words that are left out though an anchor stands above them: in the sense that a film could show they are rare, or they
 * look like nothing of the kind (foam is a ball of air to WordNet); names; and words that belong on no page for pupils.
 */
const leftOut = new Set(
  `bolus foam froth lather shooter soapsuds spume suds whitewater wiffle bier hod pix pyx sixpack abm icbm lem manpad sam
  accost ease elapse emanate encroach escort haunt lag overhaul overstep sift stamp steam thread whine withdraw twiddle
  blister flex earth ass tit teat testicle pussy nude contraceptive groin crotch whore bastard bitch slut nigger negro
  negress coon wop kike chink jap nazi rapist tramp hooker prostitute cunt prick cock homo fag dyke queer faggot spic gook
  redskin squaw savage cripple retard moron imbecile pimp harlot hussy virgin mistress lover masturbator pervert corpse
  cadaver womb noose gallows gibbet gallus kamikaze adulterer eunuch heathen infidel lesbian gay homosexual yid darky
  pickaninny mulatto oriental eskimo gypsy jew jewess dago kraut krauthead lecher nymphomaniac bum commie slave pander`.split(
    /\s+/,
  ),
);

/** More steps up than this, and "a kind of" says nothing about how something looks. */
const nearSteps = { noun: 4, verb: 2 };

export const nounLines = (wordnet: WordNet, ours: ReadonlySet<string>): TableLine[] => lines(wordnet, 'noun', nouns, ours); // prettier-ignore

export const verbLines = (wordnet: WordNet, ours: ReadonlySet<string>): TableLine[] => lines(wordnet, 'verb', verbs, ours); // prettier-ignore

function lines(
  wordnet: WordNet,
  part: 'noun' | 'verb',
  anchors: readonly Anchor[],
  ours: ReadonlySet<string>,
): TableLine[] {
  const found = new Map<Anchor, string[]>(anchors.map((anchor) => [anchor, []]));
  for (const word of wordnet.words(part)) {
    if (ours.has(word) || leftOut.has(word)) continue;
    const place = anchored(wordnet, wordnet.senses(word, part)[0], part, anchors);
    if (!place) continue;
    const { anchor, steps } = place;
    if (!usual(wordnet, word, part, anchor.least) && !(anchor.rare && unmet(wordnet, word) && !isSlip(word))) continue;
    const distance = anchor.how === 'kind' ? 15 + 10 * steps : 45 + 5 * steps;
    found.get(anchor)!.push(anchor.how === 'far' ? word : `${word}:${distance}`);
  }
  return anchors.flatMap((anchor): TableLine[] => {
    const words = found.get(anchor)!;
    return words.length > 0 ? [[anchor.means, anchor.how, anchor.why, words.join(' ')]] : [];
  });
}

/** The nearest anchor above a synset, by steps; a near one only where it is near enough. */
function anchored(
  wordnet: WordNet,
  synset: string,
  part: 'noun' | 'verb',
  anchors: readonly Anchor[],
): { anchor: Anchor; steps: number } | undefined {
  // prettier-ignore
  let layer = [synset];
  for (let steps = 0; layer.length > 0 && steps < 20; steps++) {
    for (const anchor of anchors)
      if (layer.some((each) => anchor.synsets.includes(each)) && (anchor.how === 'far' || steps <= (anchor.steps ?? nearSteps[part]))) return { anchor, steps }; // prettier-ignore
    layer = layer.flatMap((each) => wordnet.above(each, part));
  }
  return undefined;
}

/** Rarer than a slip: who types "hart" means a heart. */
const isSlip = (word: string): boolean =>
  vocabulary.some((known) => known.length > 3 && slipsBetween(word, known, 1) === 1);

/** Met in tagged text, and as this part of speech more than as any other. */
function usual(wordnet: WordNet, word: string, part: Part, least = 1): boolean {
  const count = wordnet.count(word, part);
  return (
    count >= least && (['noun', 'verb', 'adj', 'adv'] as const).every((other) => wordnet.count(word, other) <= count)
  );
}

/** Never met in tagged text, and a noun only. */
function unmet(wordnet: WordNet, word: string): boolean {
  return (['noun', 'verb', 'adj', 'adv'] as const).every((part) => wordnet.count(word, part) === 0 && (part === 'noun' || wordnet.senses(word, part).length === 0)); // prettier-ignore
}

/** Other usual words: listed, so that none of them is taken for a slip of one that the world has something for. */
export function otherLines(wordnet: WordNet, listed: ReadonlySet<string>): TableLine[] {
  const often = 3;
  const words = new Set<string>();
  for (const part of ['noun', 'verb', 'adj', 'adv'] as const)
    for (const word of wordnet.words(part))
      if (wordnet.count(word, part) >= often && !listed.has(word) && !leftOut.has(word)) words.add(word);
  return [['unknown', 'far', 'usual words that the world has nothing for', [...words].sort().join(' ')]];
}
