/** <offline-status>: whether the page and its network are kept on this device, or why not. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { inOneFile } from '../beside';
import { StudioElement } from '../element';
import { shared } from '../shared';

@customElement('offline-status')
export class OfflineStatus extends StudioElement {
  static override styles = [shared];

  /** The page itself is kept; the network is told by the engine. */
  @property({ attribute: false }) pageKept = false;

  protected override render(): TemplateResult | typeof nothing {
    const { strings } = this;
    const engine = this.state.engine.value;
    if (engine.phase !== 'ready' || inOneFile) return nothing;
    const { unkept } = engine.info;
    if (unkept) return html`<p>${strings.notKept} <span lang="en">${unkept}</span></p>`;
    return this.pageKept ? html`<p>${strings.kept}</p>` : nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'offline-status': OfflineStatus;
  }
}
