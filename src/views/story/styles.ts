/** What the story's elements share: a column to read, and boxes for what was predicted and what came. */
import { css } from 'lit';

export const reading = css`
  :host {
    display: grid;
    gap: var(--space-4);
  }
  /* On a phone the film stays above what one reads: who goes to a chapter shall see its head. */
  @media (max-width: 60rem) {
    :host {
      scroll-margin-block-start: 40vh;
    }
  }
  .text {
    max-inline-size: 38rem;
    font-size: var(--text-m);
    line-height: 1.55;
    text-wrap: pretty;
  }
  .claim {
    padding-inline-start: var(--space-3);
    border-inline-start: 4px solid var(--ember);
    font-family: var(--font-display);
    font-size: var(--text-l);
    line-height: 1.35;
  }
  .box {
    display: grid;
    gap: var(--space-3);
    padding: var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
    align-items: center;
  }
  legend {
    padding: 0;
    margin-block-end: var(--space-2);
    font-weight: 600;
  }
  textarea {
    inline-size: 100%;
    min-block-size: 5rem;
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    background: var(--surface);
    color: inherit;
    font: inherit;
  }
  ul,
  ol {
    list-style: none;
  }
`;

/** Pictures of a clip side by side. */
export const strip = css`
  figure {
    display: grid;
    gap: var(--space-1);
  }
  .strip {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: var(--space-1);
    max-inline-size: 30rem;
  }
  figcaption {
    color: var(--ink-soft);
    font-size: var(--text-s);
    line-height: 1.4;
  }
`;
