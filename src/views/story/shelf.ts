/** Where the learner's notebook lies: the browser's own storage for this page. A browser may refuse it; then nothing is kept. */
import type { Shelf } from '../../lessons/notebook';

const name = 'snowglobe story';

export const ownShelf: Shelf = {
  read() {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // a frame without an origin, or storage switched off
    }
  },
  write(text) {
    try {
      if (text) localStorage.setItem(name, text);
      else localStorage.removeItem(name);
      return true;
    } catch {
      return false; // full, or refused: the answers last as long as the page
    }
  },
};
