/** What tests of a worker's server share: a folder over http, and a served port without a worker. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

/** The address of a folder, with a slash at its end, until all tests of the file are through. change: what arrives of a file. */
export async function overHttp(
  folder: string,
  change: (name: string, data: Buffer) => void = () => {},
): Promise<string> {
  const http = createServer((request, response) => {
    const name = request.url!.slice(1);
    readFile(`${folder}/${name}`).then(
      (data) => {
        change(name, data);
        response.end(data);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    http.closeAllConnections();
    http.close();
  });
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
}

interface Port<To, From> {
  postMessage(message: From, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: To }) => void): void;
}

/** A served port: what it said so far, asking it, and waiting for it to say more. */
export function connected<To, From>(serve: (port: Port<To, From>) => void) {
  const said: From[] = [];
  let listener!: (event: { data: To }) => void;
  let wake = () => {};
  serve({
    postMessage: (message, transfer = []) => {
      said.push(structuredClone(message, { transfer })); // as a real worker would: what was given away is gone
      wake();
    },
    addEventListener: (_, given) => (listener = given),
  });
  const more = () => new Promise<void>((resolve) => (wake = resolve));
  return { said, more, ask: (message: To) => listener({ data: message }) };
}
