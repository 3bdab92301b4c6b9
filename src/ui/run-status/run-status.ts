/** <run-status>: what is running, done or failed, and where the network runs and why. Never a frozen panel without a word. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Run } from '../../app/state';
import { StudioElement } from '../element';
import { shared } from '../shared';

const moods = { running: 'busy', done: 'good', stopped: '', failed: 'bad' } as const satisfies Record<
  Run['phase'],
  string
>;

@customElement('run-status')
export class RunStatus extends StudioElement {
  static override styles = [
    shared,
    css`
      :host {
        font-size: var(--text-s);
        line-height: 1.4;
      }
      .strip {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr));
        gap: var(--space-2) var(--space-5);
      }
      .line {
        display: grid;
        grid-template-columns: auto 1fr;
        column-gap: var(--space-2);
        align-content: start;
      }
      .dot {
        inline-size: 0.7rem;
        block-size: 0.7rem;
        margin-block-start: 0.28rem;
        border-radius: 50%;
        border: 2px solid var(--line-strong);
      }
      .busy .dot {
        border-color: var(--ice);
        border-inline-end-color: transparent;
      }
      .good .dot {
        border-color: var(--good);
        background: var(--good);
      }
      .bad .dot {
        border-color: var(--bad);
        background: var(--bad);
        border-radius: 2px;
      }
      .line > p,
      .line > progress {
        grid-column: 2;
      }
      .line > p:first-of-type {
        grid-row: 1;
      }
      progress {
        inline-size: 100%;
        block-size: 0.45rem;
        margin-block: var(--space-1);
        accent-color: var(--ice);
      }
      @media (prefers-reduced-motion: no-preference) {
        .busy .dot {
          animation: turn 1s linear infinite;
        }
      }
      @keyframes turn {
        to {
          rotate: 1turn;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<div class="strip numbers">${this.runLine()}${this.engineLine()}</div>`;
  }

  private runLine(): TemplateResult {
    const { state, strings } = this;
    const run = state.run.value;
    if (state.queued.value) return this.line('busy', strings.queued);
    if (!run) return this.line('', strings.idle);
    const done = run.steps.length;
    const total = run.settings.steps;
    const title = html`<span role="status"
      >${run.source === 'live' ? strings.liveRun : strings.recordedRun}:
      <strong>${strings.phases[run.phase]}</strong></span
    >`;
    const seconds = run.steps.reduce((sum, step) => sum + step.milliseconds, 0) / 1000;
    const facts = [
      strings.stepOf(done, total),
      run.source === 'live' && run.phase !== 'running' ? strings.took(seconds) : '',
    ];
    return this.line(
      moods[run.phase],
      html`${title}${facts.filter(Boolean).map((fact) => html` · ${fact}`)}`,
      html`<progress max=${total} .value=${done} aria-label=${strings.steps}></progress>
        <p class="help">
          <q lang="en">${run.prompt}</q>, ${strings.seed}
          ${run.settings.seed}${this.changed(run) ? html`. ${strings.newNotRun}` : nothing}
        </p>`,
    );
  }

  private engineLine(): TemplateResult {
    const { strings } = this;
    const engine = this.state.engine.value;
    if (engine.phase === 'waiting') return this.line('', strings.engineWaiting);
    if (engine.phase === 'failed')
      return this.line('bad', strings.engineFailed, html`<p class="help">${engine.fault.cause}</p>`);
    if (engine.phase === 'loading') {
      const { stage, done, total } = engine;
      const counted = stage === 'weights' && total > 0;
      return this.line(
        'busy',
        html`${strings.loading[stage]}${counted ? html` · ${strings.bytes(done, total)}` : nothing}`,
        counted
          ? html`<progress max=${total} .value=${done} aria-label=${strings.loading[stage]}></progress>`
          : html`<progress aria-label=${strings.loading[stage]}></progress>`,
      );
    }
    const { backend, reason, model, parameters } = engine.info;
    return this.line(
      'good',
      html`<span role="status" data-backend=${backend}>${strings.backends[backend]}</span>`,
      html`<p class="help">${reason} ${strings.parameters(model, parameters)}.</p>`,
    );
  }

  private line(mood: '' | 'busy' | 'good' | 'bad', title: unknown, more: unknown = nothing): TemplateResult {
    return html`<div class="line ${mood}">
      <span class="dot" aria-hidden="true"></span>
      <p>${title}</p>
      ${more}
    </div>`;
  }

  /** True where the controls no longer say what the run was made of. */
  private changed(run: Run): boolean {
    const { prompt, settings } = this.state;
    return run.prompt !== prompt.value || JSON.stringify(run.settings) !== JSON.stringify(settings.value);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'run-status': RunStatus;
  }
}
