/**
 * Twelve seeds of the same words: what of the films the words decided, and what the noise. Pure: lab.ts runs them, judge.ts
 * reads them.
 */
import type { Attribute, Judged } from '../evaluation/score';
import { phraseOf } from '../judging/comparison';
import type { Heard } from '../judging/spoken';

/** What the reader makes of one finished film. */
export interface Look {
  readonly words: readonly Pick<Judged, 'attribute' | 'asked' | 'seen' | 'verdict'>[];
  readonly place: Pick<Heard, 'line' | 'column'> | null; // of its first thing in the middle of the film, in ninths of the picture
}

/** One word that was asked, and in how many of the films it is right. */
export interface Share {
  readonly phrase: string; // as it stands in a sentence
  readonly right: number;
}

export interface Common {
  readonly films: number;
  readonly decided: readonly Share[]; // right in nearly all of them
  readonly open: readonly Share[];
  readonly places: number; // different ninths of the picture in which the first thing stands; 0: none was seen
}

/** "Nearly all": at most one film in twelve has it otherwise. */
const nearly = 11 / 12;

export function common(looks: readonly Look[]): Common {
  const films = looks.length;
  const shares = (looks[0]?.words ?? []).map(({ attribute, asked }, index) => ({
    attribute,
    phrase: phraseOf(attribute, asked),
    right: looks.filter(({ words }) => words[index]?.verdict === 'right').length,
  }));
  const said = ({ attribute }: { attribute: Attribute }) => attribute !== 'count'; // nobody says "1"
  const isDecided = ({ right }: Share) => right >= nearly * films - 1e-9;
  const bare = ({ phrase, right }: Share): Share => ({ phrase, right });
  return {
    films,
    decided: shares.filter((each) => said(each) && isDecided(each)).map(bare),
    open: shares.filter((each) => said(each) && !isDecided(each)).map(bare),
    places: new Set(looks.flatMap(({ place }) => (place ? [`${place.line} ${place.column}`] : []))).size,
  };
}
