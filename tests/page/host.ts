/**
 * The built page on a web host that a test can spoil: it serves a folder under a path of its own, with the tiny model of
 * the golden files and one made-up recording in the place of the real ones.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { findBrowser, flagsWithoutGpu, howToInstall } from '../../scripts/browser.mjs';
import { cpSync, writeFileSync } from 'node:fs';
import { stampServiceWorker } from '../../scripts/offline.mjs';
import { encode } from '../../src/recording/file';
import { record } from '../../src/recording/recording';
import { blobs, settings } from '../recording/made';
import { builtPage, buildPage } from './page-build';

export const recordedPrompt = 'A small red ball bouncing at night.';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** Answers in the place of the host; returns false where it would rather not. */
export type Trick = (name: string, request: IncomingMessage, response: ServerResponse, file: () => Buffer) => boolean;

export class Host {
  trick: Trick = () => false;
  private server: Server | undefined;
  private port = 0;

  /** folder: what it serves; a test may change files in it. */
  constructor(public folder: string) {}

  /** The page, with maps of its sources beside it that are not served: a copy of `built`, or built here. */
  static async build(built?: string): Promise<Host> {
    const folder = mkdtempSync(join(tmpdir(), 'snowglobe-host-'));
    if (built) cpSync(built, folder, { recursive: true });
    else await buildPage(folder);
    for (const name of ['manifest.json', 'config.json', 'model.safetensors'])
      cpSync(join('tests/golden/model-tiny', name), join(folder, 'models/mini', name));
    for (const name of ['manifest.json', 'config.json', 'model.safetensors'])
      cpSync(join('tests/golden/decoder-tiny', name), join(folder, 'models/decoder', name));
    const shape = { frames: 16, height: 32, width: 32 };
    const run = await record(blobs(shape), settings, { model: 'made up', prompt: recordedPrompt });
    rmSync(join(folder, 'recordings'), { recursive: true });
    cpSync('tests/golden/model-tiny/config.json', join(folder, 'recordings/index.json')); // makes the folder
    writeFileSync(
      join(folder, 'recordings/index.json'),
      JSON.stringify([{ file: 'one.snow', prompt: recordedPrompt }]),
    );
    writeFileSync(join(folder, 'recordings/one.snow'), await encode(run));
    stampServiceWorker(folder);
    return new Host(folder);
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}/some/where/`;
  }

  /** Starts, or starts again at the same address. */
  async start(): Promise<void> {
    this.server = createServer((request, response) => this.answer(request, response));
    await new Promise<void>((listening) => this.server!.listen(this.port, '127.0.0.1', listening));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** The network is gone. */
  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((closed) => (this.server ? this.server.close(closed) : closed(0)));
    this.server = undefined;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const name = new URL(request.url ?? '', 'http://localhost').pathname.replace('/some/where/', '') || 'index.html';
    const file = () => readFileSync(join(this.folder, name));
    try {
      if (this.trick(name, request, response, file)) return;
      const body = file();
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      response.writeHead(from ? 206 : 200, {
        'Content-Type': types[extname(name)] ?? 'application/octet-stream',
        'Content-Length': body.length - from,
        ...(from ? { 'Content-Range': `bytes ${from}-${body.length - 1}/${body.length}` } : {}),
      });
      response.end(body.subarray(from));
    } catch {
      response.writeHead(404).end();
    }
  }
}

/** One host with the built page and one browser for all tests of a file; they are there while its tests run. */
export function hosted(): { host: Host; browser: Browser } {
  const site = {} as { host: Host; browser: Browser };
  beforeAll(async () => {
    const executablePath = findBrowser();
    if (!executablePath) throw new Error(howToInstall);
    site.host = await Host.build(await builtPage(inject('shared')));
    await site.host.start();
    site.browser = await chromium.launch({
      executablePath,
      args: [...flagsWithoutGpu, '--host-resolver-rules=MAP *.test 127.0.0.1'],
    });
  }, 120_000);
  afterAll(async () => {
    await site.browser?.close();
    await site.host?.stop();
    site.host?.remove();
  });
  return site;
}
