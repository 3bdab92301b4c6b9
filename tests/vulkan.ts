/**
 * Puts a `navigator.gpu` into Node, so that the tests of the kernels run on whatever Vulkan there is, without a browser: see
 * scripts/test-vulkan.mjs. Files of the project are read from the disk where a browser fetches them.
 */
import { readFile } from 'node:fs/promises';
import { create, globals } from 'webgpu';

Object.assign(globalThis, globals);
// Held by `navigator` for the whole process: once it is collected, so is every device.
const gpu = create([]);
Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'node' }, configurable: true });
globalThis.fetch = async (path) => new Response(new Uint8Array(await readFile(`.${String(path)}`)));
