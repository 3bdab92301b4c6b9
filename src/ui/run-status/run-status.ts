/** <run-status>: what is running, done or failed, of which prompt and seed. Never a frozen panel without a word. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { changes } from '../../settings/settings';
import type { Run } from '../../app/state';
import { StudioElement } from '../element';
import { shared } from '../shared';
import { statusLine, statusStyles } from '../status-line';

const moods = { running: 'busy', done: 'good', stopped: 'idle', failed: 'bad' } as const satisfies Record<
  Run['phase'],
  string
>;

@customElement('run-status')
export class RunStatus extends StudioElement {
  static override styles = [
    shared,
    statusStyles,
    css`
      .guest {
        margin-block-end: var(--space-2);
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { state, strings, studio } = this;
    if (!state.guest.value) return this.line();
    return html`<p class="guest" role="status">
        ${strings.guest}
        <button class="chip" @click=${() => studio.engine.takeBack()}>${strings.leaveGuest}</button>
      </p>
      ${this.line()}`;
  }

  private line(): TemplateResult {
    const { state, strings } = this;
    const run = state.run.value;
    const other = state.otherLoading.value;
    if (other) {
      const { network, stage, done, total } = other;
      const says = strings.loadingOther[network][stage];
      return statusLine(
        'busy',
        html`<span role="status">${says}</span
          >${stage === 'weights' && total > 1 ? html` · ${strings.bytes(done, total)}` : nothing}`,
        total > 1
          ? html`<progress max=${total} .value=${done} aria-label=${says}></progress>`
          : html`<progress aria-label=${says}></progress>`,
      );
    }
    if (state.queued.value)
      return statusLine('busy', html`<span role="status">${strings.queued}</span>`, html`<progress></progress>`);
    if (!run) return statusLine('idle', strings.idle);
    const done = run.steps.length;
    const seconds = run.steps.reduce((sum, step) => sum + step.milliseconds, 0) / 1000;
    const live = run.source === 'live';
    return statusLine(
      moods[run.phase],
      html`<span role="status"
          >${live ? strings.liveRun : strings.recordedRun}: <strong>${strings.phases[run.phase]}</strong></span
        >
        ·
        ${strings.stepOf(done, run.settings.steps)}${live && run.phase !== 'running' ? html` · ${strings.took(seconds)}` : nothing}`,
      html`${
          run.phase === 'running'
            ? html`<progress
                max=${run.settings.steps}
                .value=${done}
                aria-label=${strings.settings.steps.name}
              ></progress>`
            : nothing
        }
        <p class="help">
          <q lang="en">${run.prompt}</q>, ${strings.settings.seed.name} ${run.settings.seed}.
          ${this.changed(run) ? html`<strong>${strings.newNotRun}</strong>` : nothing}
        </p>`,
    );
  }

  /** True where the controls no longer say what the run was made of. */
  private changed(run: Run): boolean {
    const { prompt, settings } = this.state.request.value;
    return !this.state.live.value && (run.prompt !== prompt || changes(run.settings, settings).length > 0);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'run-status': RunStatus;
  }
}
