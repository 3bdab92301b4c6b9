/**
 * Counts the bytes that are set aside while something runs: those of every typed array and buffer that is made. What a
 * stranger's bytes claim becomes memory there and nowhere else, and unlike the process's own figures it is the same each time.
 */
const names = ['ArrayBuffer', 'Uint8Array', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int32Array', 'Float32Array', 'Float64Array'] as const; // prettier-ignore

export function countRoom(): { end(): number } {
  const all = globalThis as unknown as Record<
    string,
    (new (...given: never[]) => object) & { BYTES_PER_ELEMENT?: number }
  >;
  const real = names.map((name) => [name, all[name]] as const);
  let bytes = 0;
  for (const [name, array] of real)
    all[name] = new Proxy(array, {
      construct(target, given: unknown[], made) {
        const [first] = given as [number | { length?: number } | undefined];
        const count = typeof first === 'number' ? first : first instanceof ArrayBuffer ? 0 : (first?.length ?? 0);
        bytes += count * (array.BYTES_PER_ELEMENT ?? 1);
        return Reflect.construct(target, given, made) as object;
      },
    });
  return {
    end() {
      for (const [name, array] of real) all[name] = array;
      return bytes;
    },
  };
}
