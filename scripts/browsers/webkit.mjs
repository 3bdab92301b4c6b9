/**
 * WebKit, which Safari is made of, in its GTK port: driven by WebKitWebDriver (https://www.w3.org/TR/webdriver2/). It wants a screen;
 * where there is none, Xvfb plays one. What it is not: Safari itself, which has other codecs and another graphics processor.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';

export const name = 'WebKit';
export const howToInstall = 'apt-get install webkit2gtk-driver xvfb';

const has = (program) => spawnSync('which', [program]).status === 0;

/** The driver, where everything that it needs is there. */
export const find = () =>
  has('WebKitWebDriver') && (process.env.DISPLAY || has('Xvfb')) && miniBrowser() ? 'WebKitWebDriver' : undefined;

function miniBrowser() {
  const libraries = [
    '/usr/lib',
    `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`,
    '/usr/libexec',
  ];
  const folders = libraries.flatMap((folder) => {
    try {
      return readdirSync(folder)
        .filter((each) => each.startsWith('webkit2gtk-'))
        .map((each) => `${folder}/${each}/MiniBrowser`);
    } catch {
      return [];
    }
  });
  return folders.find(has);
}

/** As Firefox's. */
export async function open(program) {
  const children = [];
  const start = (...args) => (children.push(spawn(...args)), children.at(-1));
  const close = async () => {
    for (const child of children.reverse()) {
      const gone = new Promise((done) => (child.exitCode === null ? child.once('close', done) : done()));
      child.kill();
      await gone;
    }
  };
  try {
    const env = { ...process.env, DISPLAY: process.env.DISPLAY || `:${await screen(start)}` };
    const port = await freePort();
    start(program, [`--port=${port}`], { env, stdio: 'ignore' });
    const call = async (method, path, body) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
      const { value } = await answer.json();
      if (!answer.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
      return value;
    };
    await answering(port);
    const browser = { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } };
    const { sessionId, capabilities } = await call('POST', '/session', { capabilities: { alwaysMatch: browser } });
    const session = `/session/${sessionId}`;
    await call('POST', `${session}/timeouts`, { script: 600_000, pageLoad: 120_000 });
    return {
      version: capabilities.browserVersion,
      go: (url) => call('POST', `${session}/url`, { url }),
      async ask(expression) {
        const script = `const done = arguments[0]; (async () => JSON.stringify(await (${expression})) ?? 'null')().then(done, (error) => done(JSON.stringify({ thrown: String(error) })));`;
        const answer = JSON.parse(await call('POST', `${session}/execute/async`, { script, args: [] }));
        if (answer?.thrown) throw new Error(answer.thrown);
        return answer;
      },
      async close() {
        await call('DELETE', session).catch(() => {});
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The number of a screen that nobody sees. */
function screen(start) {
  const child = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return new Promise((done, fail) => {
    child.stdio[3].once('data', (data) => done(String(data).trim()));
    child.once('close', () => fail(new Error('Xvfb gave no screen.')));
  });
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

async function answering(port) {
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(`http://127.0.0.1:${port}/status`).then(() => true, () => false)) return; // prettier-ignore
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('WebKitWebDriver does not answer.');
}
