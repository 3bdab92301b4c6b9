/**
 * Tests of training/, in a virtual environment of their own (training/.venv), made on the first call and kept until
 * training/requirements.txt changes. pip follows the machine's own settings (PIP_* variables, pip.conf).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const environment = join('training', '.venv');
const python =
  process.platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');
const stamp = join(environment, 'requirements.sha256');
const wanted = createHash('sha256').update(readFileSync('training/requirements.txt')).digest('hex');

function run(program, args, options = {}) {
  return spawnSync(program, args, { stdio: 'inherit', ...options }).status === 0;
}

function stop(message) {
  console.error(message);
  process.exit(1);
}

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  const system = process.env.PYTHON || 'python3';
  rmSync(environment, { recursive: true, force: true });
  if (
    !run(system, ['-c', 'import venv, ensurepip'], { stdio: 'ignore' }) ||
    !run(system, ['-m', 'venv', environment])
  ) {
    stop(
      `${system} cannot make a virtual environment: install it (on Debian: apt-get install python3-venv) and try again.`,
    );
  }
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--retries',
    process.env.PIP_RETRIES || '1',
  ];
  if (!run(python, [...pip, '-r', 'training/requirements.txt'])) {
    stop(
      'pip could not install training/requirements.txt: see its message above, and check the network or pip settings.',
    );
  }
  writeFileSync(stamp, wanted);
}

const good = run(python, ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'training/tests', ...process.argv.slice(2)], {
  env: { ...process.env, PYTHONPATH: 'training' },
});
process.exitCode = good ? 0 : 1;
