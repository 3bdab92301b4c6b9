/** Zahlen und Listen, wie das Deutsche sie schreibt, für die Texte dieses Ordners. Ein Anteil ist einer an 1. */

export function count(value: number): string {
  return Math.round(value).toLocaleString('de');
}

/** In ganzen Prozent. */
export function percent(share: number): string {
  return `${Math.round(100 * share)}\u00a0%`;
}

/** In Prozent, auf ein Zehntel. */
export function tenth(share: number): string {
  return `${(100 * share).toFixed(1).replace('.', ',')}\u00a0%`;
}

/** In Prozent: unter zehn auf ein Zehntel, darüber ganze. */
export function rounded(share: number): string {
  return share < 0.0995 ? tenth(share) : percent(share);
}

export function decimal(value: number): string {
  return value.toFixed(1).replace('.', ',');
}

export function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} und ${parts.at(-1)}`;
}
