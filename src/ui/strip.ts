/**
 * A strip of columns that is walked and clicked: frames of film, or steps. What a plot needs to lead the page somewhere.
 */

/** Where a key leads on a strip, or undefined where it means something else. */
export function walked(event: KeyboardEvent, now: number, count: number): number | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const to: Record<string, number | undefined> = {
    ArrowLeft: now - 1,
    ArrowDown: now - 1,
    ArrowRight: now + 1,
    ArrowUp: now + 1,
    Home: 0,
    End: count - 1,
  };
  const next = to[event.key];
  if (next === undefined) return undefined;
  event.preventDefault();
  return Math.min(count - 1, Math.max(0, next));
}

/** The column under a pointer. */
export function pointed(event: PointerEvent, count: number): number {
  const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
  return Math.min(count - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * count)));
}
