/** The story by language: a chunk of its own, which only the story's view asks for. */
import { story as de } from './de/story';
import { story as en, type StoryStrings } from './en/story';
import { languageOf, type Language, type Strings } from './index';

export type { StoryStrings };

const stories = { en, de } as const satisfies Record<Language, StoryStrings>;

/** The story in the language of the page's strings. */
export function storyIn(strings: Strings): StoryStrings {
  return stories[languageOf(strings)];
}
