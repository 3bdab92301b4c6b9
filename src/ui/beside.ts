/** What a build puts beside the page: the article, and the teacher's kit. Not there while developing, nor in the page of one file. */
import type { Language } from '../i18n';

/** The page is one file that was opened from a disk, with the network in it. */
export const inOneFile = import.meta.env.MODE === 'single';

const built = import.meta.env.MODE === 'production';

/** Each by its name among the page's strings, with its address. */
export const besideAddresses = (language: Language): readonly (readonly ['article' | 'kit', string])[] =>
  built ? [['article', `kit/${language}/article.html`], ['kit', `kit/${language}/index.html`]] : []; // prettier-ignore
