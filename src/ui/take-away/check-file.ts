/** <check-file>: a file is chosen or dropped, and one sentence says whether it is what it says. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { Check, type Finding } from '../../sessions/take-away/check';
import { Exporter } from '../../export/client';
import { exportStrings } from '../../i18n/export';
import { empty, StudioElement } from '../element';
import { sayFault } from '../say-fault';
import { shared } from '../shared';
import { statusLine, statusStyles, type Mood } from '../status-line';

const moods: Readonly<Record<Finding['kind'], Mood>> = {
  nothing: 'idle',
  busy: 'busy',
  unknown: 'idle',
  unreadable: 'bad',
  given: 'idle',
  'other-weights': 'idle',
  same: 'good',
  altered: 'bad',
};

@customElement('check-file')
export class CheckFile extends StudioElement {
  static override styles = [
    shared,
    statusStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
      }
      .buttons {
        display: flex;
        gap: var(--space-3);
      }
      li {
        margin-inline-start: 1.2em;
      }
    `,
  ];

  private checking?: Check;
  @query('input') private file!: HTMLInputElement;

  private get session(): Check {
    return (this.checking ??= new Check(this.studio, () => new Exporter()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.checking?.dispose();
    this.checking = undefined;
  }

  check(file: Blob): Promise<void> {
    return this.session.open(file);
  }

  protected override render(): TemplateResult {
    const { check, cancel } = exportStrings(this.strings);
    const finding = this.session.finding.value;
    const busy = finding.kind === 'busy';
    return html`
      <h3>${check.title}</h3>
      <p class="help" id="help">${check.help}</p>
      <div class="buttons">
        <button aria-describedby="help" @click=${() => this.file.click()}>${check.choose}</button>
        ${busy ? html`<button @click=${() => this.session.cancel()}>${cancel}</button>` : nothing}
        <input
          type="file"
          accept="image/png,image/gif,video/mp4,video/webm"
          hidden
          @change=${() => {
            const [file] = this.file.files ?? [];
            empty(this.file); // the same file may be chosen again
            if (file) void this.check(file);
          }}
        />
      </div>
      <div role="status">${finding.kind === 'nothing' ? nothing : this.said(finding)}</div>
      ${busy && finding.total > 1 ? html`<progress max=${finding.total} .value=${finding.done} aria-label=${check.stages[finding.stage]}></progress>` : nothing}
      <details>
        <summary>${check.proves}</summary>
        <ul>
          ${check.provesText.map((text) => html`<li class="help">${text}</li>`)}
        </ul>
      </details>
    `;
  }

  private said(finding: Finding): TemplateResult {
    const { check } = exportStrings(this.strings);
    const line = (title: unknown, more: unknown = nothing) =>
      statusLine(moods[finding.kind], title, more === nothing ? nothing : html`<p class="help">${more}</p>`);
    switch (finding.kind) {
      case 'busy':
        return line(check.stages[finding.stage]);
      case 'same':
        return line(check.same(finding.prompt), check.off(finding.off, finding.limit));
      case 'altered': {
        const { why, picture = 0 } = finding;
        return line(check.altered(finding.prompt), why === 'pixels' ? check.why.pixels(picture + 1) : check.why[why]);
      }
      case 'given':
        return line(check.given(finding.prompt));
      case 'other-weights':
        return line(check.weights(finding.prompt));
      case 'unreadable': {
        const { cause, next } = sayFault(finding.fault, this.strings);
        return line(check.unreadable, html`${cause} ${next}`);
      }
      case 'unknown':
        return line(finding.label ? check.labelled : check.unknown, check.unknownHelp);
      default:
        return html``;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'check-file': CheckFile;
  }
}
