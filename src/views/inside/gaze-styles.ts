/** How <inside-gaze> looks. */
import { css } from 'lit';

export const gazeStyles = css`
  :host,
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    min-inline-size: 0;
  }
  section {
    gap: var(--space-2);
    justify-items: start;
  }
  section > * {
    max-inline-size: 100%;
  }
  .choose {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-4);
  }
  label {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    font-size: var(--text-s);
  }
  label select {
    inline-size: auto;
  }
  .words {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    padding: 0;
    list-style: none;
  }
  .words button,
  .rest {
    display: grid;
    gap: 2px;
    font-size: var(--text-s);
  }
  .rest {
    align-content: center;
    color: var(--ink-soft);
  }
  .bar {
    inline-size: 100%;
    block-size: 4px;
    fill: var(--ice);
    background: var(--sunken);
  }
  .rest .bar {
    fill: var(--line-strong);
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    font-size: var(--text-xs);
  }
  caption {
    padding-block-end: var(--space-1);
    color: var(--ink-soft);
    font-weight: inherit;
  }
  th,
  td {
    min-inline-size: 2.1rem;
    padding: var(--space-1);
    text-align: center;
    font-weight: 400;
  }
  th {
    color: var(--ink-soft);
    white-space: nowrap;
  }
  .t1 {
    background: color-mix(in srgb, var(--ice) 9%, transparent);
  }
  .t2 {
    background: color-mix(in srgb, var(--ice) 18%, transparent);
  }
  .t3 {
    background: color-mix(in srgb, var(--ice) 27%, transparent);
  }
  .t4 {
    background: color-mix(in srgb, var(--ice) 36%, transparent);
  }
  .t5 {
    background: color-mix(in srgb, var(--ice) 45%, transparent);
  }
`;
