/** A fault in the page's language, and what the place where it arose says of it (in English) as detail. */
import { html, nothing, type TemplateResult } from 'lit';
import { settingNamed } from '../app/settings';
import type { Trouble } from '../app/state';
import type { Strings } from '../i18n';

export interface SaidFault {
  readonly cause: unknown;
  readonly next: unknown;
  /** A disclosure with the English text; nothing where `cause` and `next` are that text already. */
  readonly detail: TemplateResult | typeof nothing;
}

/** `otherwise` names the fault that it is where its own name has no sentence: what the browser throws, say, has many. */
export function sayFault(fault: Trouble['fault'], { faults, settings, more }: Strings, otherwise?: string): SaidFault {
  const name = [fault.name, otherwise].find((name) => name !== undefined && Object.hasOwn(faults, name));
  const words = name === undefined ? undefined : faults[name];
  const english = (text: string) => (text ? html`<span lang="en">${text}</span>` : nothing);
  if (!words) return { cause: english(fault.cause), next: english(fault.next), detail: nothing };
  const key = fault.setting === undefined ? undefined : settingNamed(fault.setting);
  const where = { setting: key && settings[key].name, step: fault.step === undefined ? undefined : fault.step + 1 };
  const say = (text: typeof words.cause) => (typeof text === 'string' ? text : text(where));
  const detail = html`<details class="detail">
    <summary>${more}</summary>
    <p class="help" lang="en">${fault.cause} ${fault.next}</p>
  </details>`;
  return { cause: say(words.cause), next: say(words.next), detail };
}
