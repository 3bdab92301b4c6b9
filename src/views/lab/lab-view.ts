/** <lab-view>: for whoever wants to know exactly: every setting of the sampler, and the laboratory's experiments. */
import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { StudioElement } from '../../ui/element';
import './lab-bench';
import '../../ui/run-controls/run-controls';
import { shared } from '../../ui/shared';

@customElement('lab-view')
export class LabView extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    const away = state.hidden.value.includes('controls');
    return html`
      <run-controls class="card" ?hidden=${away} .studio=${studio} .strings=${strings}></run-controls>
      <lab-bench class="card" .studio=${studio} .strings=${strings}></lab-bench>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-view': LabView;
  }
}
