/**
 * The page's address and its element, on a page that is all ours: the state stands behind the #, the language in ?lang. What
 * it is not: part of an element on somebody else's page (routing="none").
 */
import { effect } from '@preact/signals-core';
import type { Studio } from '../../studio/studio';
import type { Language } from '../../i18n';

/** Milliseconds of quiet before the address is brought up to date; browsers allow about 100 changes in 30 s. */
const delay = 400;

/** Writes the state behind the # once somebody has used the page, and reads it when somebody else writes there. Returns what ends it. */
export function keepAddress(studio: Studio): () => void {
  const { state } = studio;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = effect(() => {
    const link = state.link.value;
    clearTimeout(timer);
    if (state.touched.value) timer = setTimeout(() => history.replaceState(null, '', `#${link}`), delay);
  });
  const read = () => {
    if (location.hash.slice(1) !== state.link.value) studio.follow(location.hash);
  };
  addEventListener('hashchange', read);
  return () => (clearTimeout(timer), end(), removeEventListener('hashchange', read));
}

export const addressLanguage = (): string | null => new URLSearchParams(location.search).get('lang');

export function keepLanguage(language: Language): void {
  const address = new URL(location.href);
  address.searchParams.set('lang', language);
  history.replaceState(null, '', address);
}
