/** Everything that a chapter says, as one list of texts, for tests only. */
import { samplers } from '../../src/settings/settings';
import type { StoryStrings } from '../../src/i18n/en/story';
import { facts } from '../../src/lessons/facts';
import type { ChapterId } from '../../src/lessons/chapter';

export const told = { ...facts, samplers: samplers.length };

/** What the reader reads, in order, without choices and what is computed from a run. */
export function textsOf(strings: StoryStrings, id: ChapterId): string[] {
  const { title, claim, before, ask, deed, after, equation } = strings.chapters[id];
  const questions = Object.values(ask as Record<string, { question: string }>).map(({ question }) => question);
  return [`${title}.`, claim, ...before(told), ...questions, deed, ...after(told), equation];
}
