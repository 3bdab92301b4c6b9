/** How <snow-globe> lays out the page. */
import { css } from 'lit';

export const styles = css`
  :host {
    max-inline-size: 104rem;
    margin-inline: auto;
    padding: var(--space-4) clamp(var(--space-3), 3vw, var(--space-6)) var(--space-6);
    color: var(--ink);
  }
  .top {
    display: grid;
    grid-template-columns: 1fr auto;
    grid-template-areas: 'name language' 'tagline tagline' 'engine engine';
    align-items: center;
    gap: 0 var(--space-5);
    margin-block-end: var(--space-4);
  }
  h1 {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    font-size: var(--text-xxl);
    font-weight: 720;
    line-height: 1.15;
    letter-spacing: -0.02em;
  }
  h1 svg {
    inline-size: 1.25em;
    block-size: 1.25em;
    color: var(--ice);
  }
  .tagline {
    grid-area: tagline;
    color: var(--ink-soft);
    line-height: 1.35;
    text-wrap: balance;
  }
  engine-status {
    grid-area: engine;
    margin-block-start: var(--space-2);
  }
  .language {
    grid-area: language;
    display: flex;
    align-items: center;
    gap: var(--space-2);
    font-size: var(--text-s);
  }
  .language select {
    min-block-size: 2.25rem;
    inline-size: auto;
    padding-inline: var(--space-2);
  }
  .card {
    padding: var(--space-4);
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface);
  }
  /* On a phone one thing below the other; with room the film stands beside everything else and stays in sight. */
  .stage {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-5);
    align-items: start;
  }
  .film,
  .rest {
    display: grid;
    gap: var(--space-4);
    align-content: start;
    min-inline-size: 0;
  }
  .film {
    inline-size: min(100%, 36rem);
    justify-self: center;
  }
  .rest {
    gap: var(--space-6);
  }
  @media (min-width: 60rem) {
    .top {
      grid-template-columns: minmax(0, 1fr) minmax(0, 24rem) auto;
      grid-template-areas: 'name engine language' 'tagline engine language';
    }
    engine-status {
      margin: 0;
    }
    .stage {
      grid-template-columns: minmax(19rem, 32%) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
      gap: var(--space-5) var(--space-6);
    }
    .film {
      grid-area: 1 / 1 / span 2 / 2;
      inline-size: auto;
      justify-self: stretch;
    }
    .card {
      padding: var(--space-4) var(--space-5);
    }
  }
  @media (min-width: 60rem) and (min-height: 45rem) {
    .film {
      position: sticky;
      inset-block-start: var(--space-4);
    }
  }
  @media (max-width: 36rem) {
    .language span {
      position: absolute;
      clip-path: inset(50%);
    }
  }
  .below {
    display: grid;
    gap: var(--space-5);
    margin-block-start: var(--space-6);
  }
  .drop {
    position: fixed;
    inset: var(--space-3);
    z-index: 1;
    display: grid;
    place-items: center;
    border: 3px dashed var(--ice);
    border-radius: var(--radius-l);
    background: color-mix(in srgb, var(--ice-wash) 88%, transparent);
    font-size: var(--text-xl);
    pointer-events: none;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-6);
    align-items: baseline;
    margin-block-start: var(--space-6);
    padding-block-start: var(--space-4);
    border-block-start: 1px solid var(--line);
    color: var(--ink-soft);
    font-size: var(--text-s);
  }
  footer a {
    color: inherit;
  }
  dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--space-1) var(--space-4);
    padding-block: var(--space-2);
  }
  kbd {
    padding: 0 var(--space-2);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-s);
    font: inherit;
    color: var(--ink);
    white-space: nowrap;
  }
  /* On paper the film, its sheet and what is seen in it, one below the other: a grid would print one thing over another. */
  @media print {
    .stage,
    .film,
    .rest,
    .below {
      display: block;
    }
    .film {
      position: static;
    }
    .language,
    engine-status,
    page-notes,
    run-controls,
    lab-bench,
    share-box,
    footer {
      display: none;
    }
  }
`;
