/** Neighbouring seeds: what the laboratory runs where one film says too little. */
import { specs } from '../settings/settings';

/** So many seeds from this one on; after the last one that there is it begins again with 0. */
export function seedsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (first + i) % (specs.seed.max + 1));
}
