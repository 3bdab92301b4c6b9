/** Is the browser under test the one that the other tests believe in? */
import { expect, test } from 'vitest';

test('Chromium gives a WebGPU adapter and device', async () => {
  const gpu = (navigator as { gpu?: { requestAdapter(): Promise<{ requestDevice(): Promise<object> } | null> } }).gpu;
  const adapter = await gpu?.requestAdapter();
  expect(adapter).toBeTruthy();
  expect(await adapter!.requestDevice()).toBeTruthy();
});

test('the wasm backend is served, and a file that does not exist is a plain 404', async () => {
  const wasm = await fetch('/wasm/tfjs-backend-wasm-simd.wasm');
  expect(wasm.headers.get('content-type')).toBe('application/wasm');
  expect(new Uint8Array(await wasm.arrayBuffer()).subarray(0, 4)).toEqual(Uint8Array.of(0, 0x61, 0x73, 0x6d));
  expect((await fetch('/models/nano/no-such-file.json')).status).toBe(404);
});
