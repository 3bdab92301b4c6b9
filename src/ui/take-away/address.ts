/** The page's own address without its state. A file says it only where others can reach it: by https, and not on this machine. */
export const pageAddress = (): string => `${location.origin}${location.pathname}`;

export function publicAddress(): string | undefined {
  return location.protocol === 'https:' && location.hostname !== 'localhost' ? pageAddress() : undefined;
}
