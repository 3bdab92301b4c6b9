/**
 * Firefox, driven by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/): opened, sent to a page, asked things there. Wants a
 * global WebSocket: `node --experimental-websocket` before Node 22.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const name = 'Firefox';
export const howToInstall = 'apt-get install firefox-esr';

export const find = () =>
  [process.env.FIREFOX_BIN, 'firefox-esr', 'firefox'].find(
    (program) => program && spawnSync(program, ['--version']).status === 0,
  );

/** Returns `version`, `go(url)`, `ask(expression)` (a promise's answer, as JSON) and `close()`. */
export async function open(program) {
  const profile = mkdtempSync(join(tmpdir(), 'snowglobe-firefox-'));
  const child = spawn(program, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0']);
  const close = async () => {
    const gone = new Promise((done) => child.once('close', done));
    child.kill();
    await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const socket = new WebSocket(`${await listening(child)}/session`);
    await new Promise((done, fail) => Object.assign(socket, { onopen: done, onerror: fail }));
    const waiting = new Map();
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    };
    let last = 0;
    const call = async (method, params) => {
      const answer = new Promise((done) => waiting.set(++last, done));
      socket.send(JSON.stringify({ id: last, method, params }));
      const { error, message, result } = await answer;
      if (error) throw new Error(`${method}: ${error}: ${message}`);
      return result;
    };
    const { capabilities } = await call('session.new', { capabilities: {} });
    const { contexts } = await call('browsingContext.getTree', {});
    const { context } = contexts[0];
    return {
      version: capabilities.browserVersion,
      go: (url) => call('browsingContext.navigate', { context, url, wait: 'interactive' }),
      async ask(expression) {
        const asked = {
          expression: `(async () => JSON.stringify(await (${expression})) ?? 'null')()`,
          awaitPromise: true,
        };
        const { result, exceptionDetails } = await call('script.evaluate', { ...asked, target: { context } });
        if (exceptionDetails) throw new Error(exceptionDetails.text);
        return JSON.parse(result.value);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The address it says that it listens at. */
function listening(child) {
  return new Promise((done, fail) => {
    let said = '';
    child.stderr.on('data', (data) => {
      said += data;
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (address) done(address);
    });
    child.once('close', () => fail(new Error(`Firefox ended before it listened: ${said}`)));
  });
}
