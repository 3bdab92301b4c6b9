/** A fault in the page's language, and what the place where it arose says of it (in English) as detail. */
import { html, type TemplateResult } from 'lit';
import { settingNamed } from '../settings/settings';
import type { Trouble } from '../app/state';
import type { Strings } from '../i18n';

export interface SaidFault {
  readonly cause: string;
  readonly next: string;
  /** A disclosure with the English text. */
  readonly detail: TemplateResult;
}

/**
 * `otherwise` names the fault that it is where its own name has no sentence: what the browser throws, say, has many. So no
 * fault is without a next step.
 */
export function sayFault(
  fault: Trouble['fault'],
  { faults, settings, more }: Strings,
  otherwise = 'UnknownError',
): SaidFault {
  const words = faults[Object.hasOwn(faults, fault.name) ? fault.name : otherwise];
  const key = fault.setting === undefined ? undefined : settingNamed(fault.setting);
  const where = { setting: key && settings[key].name, step: fault.step === undefined ? undefined : fault.step + 1 };
  const say = (text: typeof words.cause) => (typeof text === 'string' ? text : text(where));
  const detail = html`<details class="detail">
    <summary>${more}</summary>
    <p class="help" lang="en">${fault.cause} ${fault.next}</p>
  </details>`;
  return { cause: say(words.cause), next: say(words.next), detail };
}
