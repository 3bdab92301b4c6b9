import { isPackage } from '../home';

/**
 * The page's own address without its state. A file says it only where others can reach it: by https, and not on this machine.
 * Somebody else's page, with an element in it, is no address of a film.
 */
export const pageAddress = (): string => `${location.origin}${location.pathname}`;

export function publicAddress(): string | undefined {
  return !isPackage && location.protocol === 'https:' && location.hostname !== 'localhost' ? pageAddress() : undefined;
}
