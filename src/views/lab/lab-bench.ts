/**
 * <lab-bench>: the laboratory's experiments. One question a tab; what is running, how to stop it and what went wrong stand under all of them.
 */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { labViews, type LabView } from '../../settings/views';
import { labStrings } from '../../i18n/lab';
import { StudioElement } from '../../ui/element';
import { sayFault } from '../../ui/say-fault';
import { shared } from '../../ui/shared';
import { statusLine, statusStyles } from '../../ui/status-line';
import './lab-break';
import './lab-compare';
import './lab-noise';
import './lab-path';
import './lab-race';
import './lab-wall';

@customElement('lab-bench')
export class LabBench extends StudioElement {
  static override styles = [
    shared,
    statusStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .tabs {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1);
        margin-block: var(--space-4);
        border-block-end: 1px solid var(--line);
      }
      [role='tab'] {
        border: 0;
        border-block-end: 3px solid transparent;
        border-radius: var(--radius-s) var(--radius-s) 0 0;
        background: none;
        color: var(--ink-soft);
      }
      [role='tab'][aria-selected='true'] {
        border-block-end-color: var(--ember);
        color: var(--ink);
      }
      @container (max-inline-size: 30rem) {
        .tabs {
          display: grid;
          grid-template-columns: repeat(3, minmax(0, 1fr));
        }
        [role='tab'] {
          padding: 0 var(--space-1);
          font-size: var(--text-s);
          line-height: 1.2;
          overflow-wrap: anywhere;
        }
      }
      .panel {
        display: grid;
        gap: var(--space-4);
      }
      .job {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--space-4);
        align-items: center;
        position: sticky;
        inset-block-end: 0;
        z-index: 1;
        margin-block-start: var(--space-4);
        padding-block: var(--space-2);
        background: var(--surface);
      }
      .fault {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-4);
        align-items: center;
        justify-content: space-between;
        margin-block-start: var(--space-4);
        padding: var(--space-3) var(--space-4);
        border: 1px solid var(--bad);
        border-inline-start-width: 5px;
        border-radius: var(--radius-s);
        background: var(--bad-wash);
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { strings, studio } = this;
    const lab = labStrings(strings);
    const view = studio.state.lab.value ?? labViews[0];
    return html`
      <h2>${lab.title}</h2>
      <p class="help">${lab.help}</p>
      <div
        class="tabs"
        role="tablist"
        aria-label=${lab.title}
        @keydown=${(event: KeyboardEvent) => this.walk(event, view)}
      >
        ${labViews.map(
          (name) =>
            html`<button
              role="tab"
              id="tab-${name}"
              aria-controls="panel"
              aria-selected=${name === view}
              tabindex=${name === view ? 0 : -1}
              @click=${() => studio.lab.show(name)}
            >
              ${lab.tabs[name]}
            </button>`,
        )}
      </div>
      <div id="panel" class="panel" role="tabpanel" aria-labelledby="tab-${view}">
        <p class="help">${lab.about[view]}</p>
        ${this.panel(view)}
      </div>
      <p class="unseen" role="status">${studio.lab.job.value ? lab.jobs[studio.lab.job.value.kind] : ''}</p>
      ${this.job()}
      <div role="alert">${this.fault()}</div>
    `;
  }

  private panel(view: LabView): TemplateResult {
    const { strings, studio } = this;
    switch (view) {
      case 'path':
        return html`<lab-path .studio=${studio} .strings=${strings}></lab-path>`;
      case 'compare':
        return html`<lab-compare .studio=${studio} .strings=${strings}></lab-compare>`;
      case 'wall':
        return html`<lab-wall .studio=${studio} .strings=${strings}></lab-wall>`;
      case 'race':
        return html`<lab-race .studio=${studio} .strings=${strings}></lab-race>`;
      case 'noise':
        return html`<lab-noise .studio=${studio} .strings=${strings}></lab-noise>`;
      case 'break':
        return html`<lab-break .studio=${studio} .strings=${strings}></lab-break>`;
    }
  }

  private job(): TemplateResult | typeof nothing {
    const { strings, studio } = this;
    const job = studio.lab.job.value;
    if (!job) return nothing;
    const { kind, done, total, secondsLeft } = job;
    const lab = labStrings(strings);
    return html`<div class="job">
      ${statusLine(
        'busy',
        html`${lab.jobs[kind]}${secondsLeft === null ? nothing : html` · ${lab.secondsLeft(secondsLeft)}`}`,
        html`<progress max=${total} .value=${done} aria-label=${lab.jobs[kind]}></progress>`,
      )}
      <button @click=${() => studio.lab.stop()}>${strings.stop}</button>
    </div>`;
  }

  private fault(): TemplateResult | typeof nothing {
    const { strings, studio } = this;
    const fault = studio.lab.fault.value;
    if (!fault) return nothing;
    const { cause, next, detail } = sayFault(fault, strings);
    return html`<div class="fault">
      <div>
        <p><strong>${strings.troubles.run}</strong> ${cause} ${next}</p>
        ${detail}
      </div>
      <div>
        <button class="chief" @click=${() => studio.lab.retry()}>${strings.retry}</button>
        <button @click=${() => studio.lab.dismissFault()}>${strings.dismiss}</button>
      </div>
    </div>`;
  }

  /** Arrow keys walk the tabs, as everywhere. */
  private walk(event: KeyboardEvent, view: LabView): void {
    const at = labViews.indexOf(view);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: labViews.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = labViews[(to + labViews.length) % labViews.length];
    this.studio.lab.show(next);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${next}`)?.focus());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-bench': LabBench;
  }
}
