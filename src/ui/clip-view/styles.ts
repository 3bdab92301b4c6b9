/** How <clip-view> looks: a ball of glass on its foot. */
import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    gap: var(--space-3);
  }
  /* A ball of glass on its foot. The film is a square in the middle of it; around it lies its own light, smeared. */
  .globe {
    position: relative;
    inline-size: min(100%, var(--globe, 36rem));
    justify-self: center;
    touch-action: pan-y pinch-zoom; /* to and fro shakes it */
    user-select: none;
  }
  .glass {
    position: relative;
    z-index: 1;
    aspect-ratio: 1;
    overflow: hidden;
    border-radius: 50%;
    background: var(--sunken);
    box-shadow: 0 1.4rem 2.6rem -0.6rem rgb(15 30 60 / 38%);
    isolation: isolate;
  }
  .glass > * {
    position: absolute;
  }
  .window {
    inset: 0;
    margin: auto;
    inline-size: calc(100% * var(--window-width, 0.74));
    block-size: calc(100% * var(--window-height, 0.74));
  }
  .window canvas {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    image-rendering: pixelated;
  }
  .window canvas.drawn {
    image-rendering: auto;
    --soft: #0000, #000 5%, #000 95%, #0000;
    mask:
      linear-gradient(90deg, var(--soft)) intersect,
      linear-gradient(var(--soft));
  }
  .light {
    z-index: -1;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  .snow {
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    pointer-events: none;
  }
  /* Glints and the dark rim: where a ball of glass bends the light away. */
  .shine {
    inset: 0;
    border-radius: 50%;
    pointer-events: none;
    background:
      radial-gradient(36% 20% at 31% 12%, rgb(255 255 255 / 62%), transparent 72%),
      radial-gradient(32% 11% at 67% 94%, rgb(255 255 255 / 24%), transparent 76%),
      radial-gradient(circle, transparent 60%, rgb(8 20 50 / 10%) 66%, rgb(8 20 50 / 36%) 71%);
    box-shadow:
      inset 0 0 0 2px rgb(255 255 255 / 40%),
      inset 0 0 2.6rem 0.3rem rgb(255 255 255 / 15%),
      inset -1rem -1.4rem 3.4rem rgb(0 0 0 / 38%);
  }
  .foot {
    display: grid;
    align-content: end;
    inline-size: 68%;
    margin: -9% auto 0;
    padding: 11.5% var(--space-3) var(--space-2);
    box-sizing: border-box;
    border-radius: 0.4rem;
    background: linear-gradient(#8f5d38, #6a4224 55%, #4a2b12);
    clip-path: polygon(7% 0, 93% 0, 100% 100%, 0 100%);
    color: #fff4e2;
    text-align: center;
    font-size: var(--text-s);
    line-height: 1.3;
  }
  /* Always two lines: a film that plays must not move what stands below it. */
  .foot span {
    display: grid;
    align-content: center;
    justify-self: center;
    max-inline-size: 26ch;
    min-block-size: 2.6em;
    text-wrap: balance;
  }
  @media (forced-colors: active) {
    .glass,
    .foot {
      border: 2px solid;
      background: none;
      color: CanvasText;
      clip-path: none;
    }
  }
  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    padding: var(--space-4);
    text-align: center;
    color: var(--ink-soft);
  }
`;
