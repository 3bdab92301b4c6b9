/** The arithmetic of pictures: what every painter and every reader of them needs. */

/** `value`, kept to low .. high. */
export const clamp = (value: number, low = 0, high = 1): number => Math.min(high, Math.max(low, value));

/** From a (share 0) to b (share 1). */
export const lerp = (a: number, b: number, share: number): number => a + (b - a) * share;

/** What is left of a after whole b's, 0 .. b, also of a negative a. */
export const modulo = (a: number, b: number): number => a - Math.floor(a / b) * b;
