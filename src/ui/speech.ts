/**
 * Brings the strings of the language that its host speaks. Until they have come the host draws nothing new: a page that
 * is read in German is never seen in English first, and one that changes its language keeps the old one that long.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { loadStrings, type Language, type Strings } from '../i18n';
import { en } from '../i18n/en';

export class Speech implements ReactiveController {
  private readonly known = new Map<Language, Strings>([['en', en]]);
  /** Settles when what was last asked for has come. */
  come: Promise<unknown> = Promise.resolve();

  /** onFailure: the strings did not come, and another language has to do. */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly onFailure: () => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {}

  /** Whether they are there; where not, they are fetched, and the host is drawn again. */
  has(language: Language): boolean {
    if (this.known.has(language)) return true;
    this.come = loadStrings(language)
      .then((strings) => this.known.set(language, strings))
      .catch(this.onFailure) // the network is gone, or the page has been replaced by a newer one
      .then(() => this.host.requestUpdate());
    return false;
  }

  strings(language: Language): Strings {
    return this.known.get(language) ?? en;
  }
}
