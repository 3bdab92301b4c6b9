/** How <prompt-box> looks: one line to type in, and the great button beside it. */
import { css } from 'lit';

export const styles = css`
  form {
    display: grid;
    gap: var(--space-2);
  }
  h2 {
    font-size: var(--text-m);
  }
  .ask {
    display: grid;
    grid-template-columns: minmax(0, 1fr) repeat(3, auto);
    gap: var(--space-2);
    align-items: stretch;
  }
  input[type='text'] {
    inline-size: 100%;
    min-block-size: 3.5rem;
    padding: 0 var(--space-4);
    border-width: 2px;
    border-radius: var(--radius-m);
    font-size: var(--text-l);
  }
  .ask button {
    min-block-size: 3.5rem;
    border-radius: var(--radius-m);
    padding: 0 var(--space-4);
  }
  .ask [aria-pressed='true'] {
    border-color: var(--ice);
    background: var(--ice-wash);
  }
  .ask .chief {
    padding: 0 var(--space-6);
    font-size: var(--text-l);
  }
  .noise {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-4);
  }
  /* Closed it stands beside the noise; open it has a line of its own. */
  .noise details {
    margin-inline-start: auto;
  }
  .noise details[open] {
    flex-basis: 100%;
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--space-1) var(--space-4);
  }
  .reading {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-1);
    list-style: none;
    font-size: var(--text-s);
  }
  .reading li {
    padding: 0 var(--space-2);
    border-radius: var(--radius-s);
    background: var(--ice-wash);
    line-height: 1.6;
  }
  .reading li.lead {
    padding-inline-start: 0;
    background: none;
    color: var(--ink-soft);
  }
  .reading li.unknown {
    background: var(--bad-wash);
    color: var(--bad);
  }
  .unknown s {
    text-decoration: line-through 2px;
  }
  .unknown small {
    font-size: var(--text-xs);
    font-weight: 600;
  }
  .warning {
    color: var(--bad);
    font-size: var(--text-s);
  }
  .offers {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--space-2);
  }
  .offers .label {
    padding-inline-end: 5px;
  }
  /* One line that scrolls: the film must not be pushed off the first screen. */
  .chips {
    display: flex;
    gap: var(--space-2);
    margin: -5px;
    padding: 5px;
    padding-inline-end: var(--space-5);
    overflow-x: auto;
    scrollbar-width: thin;
    /* At the start too: a chip that is scrolled half away does not run into the label. */
    mask-image: linear-gradient(to right, transparent, #000 5px calc(100% - var(--space-5)), transparent);
  }
  .chips button {
    flex: none;
  }
  .recorded select {
    min-block-size: 2.25rem;
    inline-size: 10.5rem;
    border-color: var(--line);
    border-radius: 2rem;
    background: none;
    font-size: var(--text-s);
  }
  /* It keeps its place until the list has come. */
  .none {
    visibility: hidden;
  }
  .choosers {
    display: grid;
    padding-block-start: var(--space-1);
    grid-template-columns: repeat(auto-fit, minmax(7.2rem, 1fr));
    gap: var(--space-2) var(--space-3);
  }
  .choosers label {
    display: grid;
    gap: 2px;
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .choosers select {
    color: var(--ink);
    font-size: var(--text-m);
  }
  /* Words that it knows stand in the field already. */
  .reading:not(:has(.unknown)) {
    display: none;
  }
  @media (max-width: 36rem) {
    .offers {
      grid-template-columns: minmax(0, 1fr);
    }
    .offers .label {
      display: none;
    }
    .recorded select {
      inline-size: 100%;
    }
    .ask {
      grid-template-columns: 1fr repeat(2, auto);
    }
    .ask .chief,
    .ask button {
      padding: 0 var(--space-3);
    }
    .ask input {
      grid-column: 1 / -1;
      font-size: var(--text-m);
    }
    .choosers {
      grid-template-columns: 1fr 1fr;
    }
  }
  @media print {
    .offers,
    .noise {
      display: none;
    }
  }
`;
