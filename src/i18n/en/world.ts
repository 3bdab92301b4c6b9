/** The words of the world as they stand in this language. In English they stand as they are: the captions are English. */
export interface WorldStrings {
  /** A word or a phrase of the world: "red", "at night", "moving left". What is not one stays as it is. */
  phrase(english: string): string;
  /** A thing by its colour; null for what can't be told. */
  named(colour: string | null, thing: string | null): string;
  /** A word or a phrase as it stands after this text, in which a sentence has begun; null where it cannot follow. */
  next(before: string, english: string): string | null;
  /** A caption as a sentence; as it is, where it is no caption of the world. */
  sentence(caption: string): string;
}

export const world: WorldStrings = {
  phrase: (english) => english,
  next: (_, english) => english,
  named: (colour, thing) => [colour, thing ?? 'thing'].filter(Boolean).join(' '),
  sentence: (caption) => caption,
};
