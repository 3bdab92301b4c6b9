/** What a build puts beside the page: the teacher's kit and the article. Not there while developing, nor in the page of one file. */
import type { Language } from '../i18n';

const built = import.meta.env.MODE === 'production';

export const kitAddress = (language: Language): string | null => (built ? `kit/${language}/index.html` : null);
export const articleAddress = (language: Language): string | null => (built ? `article.${language}.html` : null);
