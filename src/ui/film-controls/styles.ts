/** How <film-controls> looks. */
import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    gap: var(--space-3);
  }
  .shows {
    display: grid;
    grid-template-columns: 1fr 1fr;
    padding: 3px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-m);
    background: var(--sunken);
  }
  .shows label {
    position: relative;
    display: grid;
    place-items: center;
    min-block-size: 2.5rem;
    padding: 0 var(--space-2);
    border-radius: calc(var(--radius-m) - 4px);
    cursor: pointer;
    text-align: center;
    line-height: 1.2;
    font-weight: 550;
    color: var(--ink-soft);
  }
  .shows label:has(input:checked) {
    background: var(--surface);
    color: var(--ink);
    box-shadow: 0 0 0 1.5px var(--ice);
  }
  .shows label:has(input:focus-visible) {
    outline: 3px solid var(--ice);
    outline-offset: 2px;
  }
  .shows input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .under {
    display: flex;
    justify-content: space-between;
    align-items: start;
    gap: var(--space-3);
    margin-block-start: var(--space-2);
  }
  .transport {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--space-3);
    align-items: center;
  }
  .play {
    inline-size: 3.25rem;
    block-size: 3.25rem;
    padding: 0;
    border-radius: 50%;
  }
  .play svg {
    display: block;
    inline-size: 1.35rem;
    block-size: 1.35rem;
    margin: auto;
    fill: currentColor;
  }
  .sliders {
    display: grid;
    gap: var(--space-1) var(--space-3);
    grid-template-columns: auto 1fr auto;
    align-items: center;
    font-size: var(--text-s);
  }
  .sliders .value {
    min-inline-size: 8.2em; /* the longest: a film that plays must not push the sliders to and fro */
    text-align: end;
    color: var(--ink-soft);
  }
  .options {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-5);
  }
`;
