/** One line of status: a mark for the mood (shape and colour differ, never colour alone), a title, and more below it. */
import { css, html, nothing, type TemplateResult } from 'lit';

export type Mood = 'idle' | 'busy' | 'good' | 'bad';

export function statusLine(mood: Mood, title: unknown, more: unknown = nothing): TemplateResult {
  return html`<div class="line numbers ${mood}">
    <span class="mark" aria-hidden="true"></span>
    <p>${title}</p>
    ${more}
  </div>`;
}

export const statusStyles = css`
  .line {
    display: grid;
    grid-template-columns: auto 1fr;
    column-gap: var(--space-2);
    align-content: start;
    font-size: var(--text-s);
    line-height: 1.4;
  }
  .line > p,
  .line > progress,
  .line > details {
    grid-column: 2;
  }
  .line > p:first-of-type {
    grid-row: 1;
  }
  .line .help,
  .line summary {
    font-size: var(--text-xs);
  }
  .mark {
    align-self: start;
    inline-size: 0.7rem;
    block-size: 0.7rem;
    margin-block-start: 0.28rem;
    border-radius: 50%;
    border: 2px solid var(--line-strong);
  }
  .busy .mark {
    border-color: var(--ice);
    border-inline-end-color: transparent;
  }
  .good .mark {
    border-color: var(--good);
    background: var(--good);
  }
  .bad .mark {
    border-color: var(--bad);
    background: var(--bad);
    border-radius: 2px;
    rotate: 45deg;
  }
  progress {
    inline-size: 100%;
    block-size: 0.45rem;
    margin-block: 2px 0;
    accent-color: var(--ice);
  }
  @media (prefers-reduced-motion: no-preference) {
    .busy .mark {
      animation: turn 1s linear infinite;
    }
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
`;
