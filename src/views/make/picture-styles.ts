/** How <own-picture> and what belongs to it look. */
import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
  }
  .row,
  .pair {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-3);
  }
  button[aria-pressed='true'] {
    border-color: var(--ice);
    background: var(--ice-wash);
  }
  button.chip {
    justify-self: start;
  }
  .place {
    display: grid;
    gap: var(--space-2);
    padding: var(--space-3);
    border: 2px dashed var(--line-strong);
    border-radius: var(--radius-m);
  }
  .pair {
    align-items: end;
    gap: var(--space-4);
  }
  .pair figure {
    flex: 0 1 12rem;
    display: grid;
    gap: var(--space-1);
  }
  .original {
    display: block;
    max-inline-size: 100%;
    max-block-size: 12rem;
    border-radius: var(--radius-s);
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr));
    gap: var(--space-2) var(--space-3);
  }
  .choices select {
    font-weight: 400;
  }
  .choices label {
    display: grid;
    gap: 2px;
  }
  .notes {
    padding-inline-start: 1.2em;
  }
  .refused {
    padding: var(--space-2) var(--space-3);
    border-inline-start: 4px solid var(--bad);
    background: var(--bad-wash);
  }
`;
