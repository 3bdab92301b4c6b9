/** How every part of the view Inside is laid out: below each other what it shows, side by side what one chooses and presses. */
import { css } from 'lit';

export const partStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
  }
  h4 {
    margin: 0;
    font-size: var(--text-m);
  }
  .choose,
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-4);
    align-items: end;
  }
  .choose label {
    display: grid;
    gap: var(--space-1);
    font-size: var(--text-s);
    font-weight: 600;
  }
  .choose select {
    min-inline-size: 5rem;
  }
  .films {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(5.5rem, 1fr));
    gap: var(--space-3);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  figcaption {
    margin-block-start: var(--space-1);
    font-size: var(--text-s);
    line-height: 1.35;
  }
  .soft {
    display: block;
    color: var(--ink-soft);
  }
  .scroll {
    position: relative; /* or what only screen readers read would widen the page */
    overflow-x: auto;
  }
  progress {
    inline-size: min(100%, 18rem);
  }
  .say {
    text-wrap: pretty;
  }
`;
