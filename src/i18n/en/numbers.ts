/** Numbers and lists as English writes them, for the strings of this folder. A share is one of 1. */

export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** In whole percent. */
export function percent(share: number): string {
  return `${Math.round(100 * share)}\u00a0%`;
}

/** In percent, to a tenth. */
export function tenth(share: number): string {
  return `${(100 * share).toFixed(1)}\u00a0%`;
}

/** In percent: to a tenth below ten, whole above. */
export function rounded(share: number): string {
  return share < 0.0995 ? tenth(share) : percent(share);
}

export function decimal(value: number): string {
  return value.toFixed(1);
}

export function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
