/** <engine-status>: where the network runs and why, or how far it is loaded, or what keeps it from starting. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { StudioElement } from '../element';
import { sayFault } from '../say-fault';
import { shared } from '../shared';
import { statusLine, statusStyles } from '../status-line';

@customElement('engine-status')
export class EngineStatus extends StudioElement {
  static override styles = [
    shared,
    statusStyles,
    css`
      /* One line however many megabytes have come, so that nothing beneath it moves. */
      .busy p {
        white-space: nowrap;
      }
    `,
  ];

  private decoder(): string {
    const { strings, studio } = this;
    const decoder = studio.drawing.decoder.value;
    if (decoder.phase !== 'ready') return strings.decoder.phases[decoder.phase];
    const { backend, parameters } = decoder.info;
    return strings.decoder.ready(strings.backends[backend], parameters);
  }

  protected override render(): TemplateResult {
    const { strings } = this;
    const engine = this.state.engine.value;
    switch (engine.phase) {
      case 'waiting':
        return statusLine('idle', strings.engineWaiting);
      case 'failed':
        return statusLine(
          'bad',
          strings.engineFailed,
          html`<p class="help">${sayFault(engine.fault, strings).cause}</p>`,
        );
      case 'loading': {
        const { stage, done, total } = engine;
        const counted = total > 1;
        return statusLine(
          'busy',
          html`${strings.loading[stage]}${stage === 'weights' && counted ? html` · ${strings.bytes(done, total)}` : nothing}`,
          // Without a value the bar says: busy, for nobody knows how long.
          counted
            ? html`<progress max=${total} .value=${done} aria-label=${strings.loading[stage]}></progress>`
            : html`<progress aria-label=${strings.loading[stage]}></progress>`,
        );
      }
      case 'ready': {
        const { backend, whyNot = [], reason, model, parameters } = engine.info;
        const why = [...new Set(whyNot)].map((each) => strings.whyNot[each]);
        return statusLine(
          'good',
          html`<span role="status" data-backend=${backend}>${strings.backends[backend]}</span>`,
          html`<p class="help">
              ${why.length > 0 ? strings.notFaster(why) : nothing} ${strings.parameters(model, parameters)}.
            </p>
            <details class="detail">
              <summary>${strings.more}</summary>
              <p class="help" lang="en">${reason}</p>
              <p class="help">${this.decoder()}</p>
            </details>`,
        );
      }
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'engine-status': EngineStatus;
  }
}
