/** The notebook as a text that a person can read, or hand in: predictions, open answers, statements. Nothing else is in it. */
import type { StoryStrings } from '../../i18n/story';
import type { Answer, Question } from '../../lessons/chapter';
import { chapters } from '../../lessons/chapters';
import type { Notebook } from '../../lessons/notebook';
import { openQuestions, statements } from '../../lessons/quiz';

/** What a chapter asks, in the page's words. */
export interface Asked {
  readonly question: string;
  readonly choices: Readonly<Record<string, string>>;
}

export function askedOf(story: StoryStrings, chapter: keyof StoryStrings['chapters'], { id }: Question): Asked {
  return (story.chapters[chapter].ask as Readonly<Record<string, Asked>>)[id];
}

export function answerInWords({ choices }: Asked, answer: Answer): string {
  if (typeof answer === 'number') return String(answer);
  return Object.hasOwn(choices, answer) ? choices[answer] : answer; // what lies in a storage may be any text
}

export function answersAsText(notebook: Notebook, story: StoryStrings): string {
  const { quiz } = story;
  const parts: string[] = [];
  for (const when of ['before', 'after'] as const)
    for (const question of openQuestions) {
      const said = notebook.said(when, question);
      if (said) parts.push(`${quiz[when]}: ${quiz.open[question]}\n${said}`);
    }
  for (const { id, questions } of chapters) {
    const answers = notebook.predictions(id);
    const lines = questions.flatMap((question) => {
      const asked = askedOf(story, id, question);
      const answer = answers[question.id];
      return answer === undefined ? [] : [`${asked.question}\n${answerInWords(asked, answer)}`];
    });
    if (lines.length > 0) parts.push(`${story.chapters[id].title}\n${lines.join('\n')}`);
  }
  for (const statement of statements) {
    const held = notebook.judged(statement);
    if (held !== undefined) parts.push(`${quiz.said[statement].text}\n${held ? quiz.yes : quiz.no}`);
  }
  return `${story.title}\n\n${parts.join('\n\n')}\n`;
}
