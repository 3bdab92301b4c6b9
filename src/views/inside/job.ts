/** Films that a part of the view has drawn besides the stage's: how far they are, and what went wrong. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Job } from '../../lab/lab';
import type { Studio } from '../../studio/studio';
import type { Strings } from '../../i18n';
import { labStrings } from '../../i18n/lab';
import { sayFault } from '../../ui/say-fault';

/** Empty, but there, as long as nothing is drawn: what comes later is read out. */
export function sayJob(kind: Job['kind'], { lab }: Studio, strings: Strings): TemplateResult {
  const job = lab.job.value;
  if (job?.kind !== kind) return html`<span role="status"></span>`;
  const name = labStrings(strings).jobs[kind];
  return html`<span role="status">${name}</span>
    <progress max=${job.total} .value=${job.done} aria-label=${name}></progress>
    <button @click=${() => lab.stop()}>${strings.stop}</button>`;
}

export function sayJobFault(kind: Job['kind'], { lab }: Studio, strings: Strings): TemplateResult {
  const fault = lab.failed.value === kind ? lab.fault.value : null;
  return html`<div role="alert">${fault ? said(fault) : nothing}</div>`;

  function said(fault: NonNullable<typeof lab.fault.value>): TemplateResult {
    const { cause, next, detail } = sayFault(fault, strings);
    return html`<p>${cause} ${next}</p>
      ${detail}
      <div class="ways">
        <button @click=${() => lab.retry()}>${strings.retry}</button>
        <button @click=${() => lab.dismissFault()}>${strings.dismiss}</button>
      </div>`;
  }
}
