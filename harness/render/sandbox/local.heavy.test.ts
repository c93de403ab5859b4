import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { requirePrerequisite } from '../../setup/prerequisites.ts';
import { bwrapLauncher } from './bwrap.ts';
import { carriers } from './hostile/host.ts';
import { withJobFolder } from './job-folder.ts';
import { localLauncher } from './local.ts';
import { describeVerdict, type SandboxJob } from './port.ts';
import { openSandbox } from './sandbox.ts';
import { selfTest } from './self-test.ts';

const python = '/usr/bin/python3';

async function runLocally(program: string, job: Partial<SandboxJob> = {}) {
  const sandbox = await openSandbox({ unsafeLocal: true });
  expect(sandbox.kind).toBe('none');
  return withJobFolder(async (folder) => {
    await writeFile(join(folder, 'program.py'), program);
    return sandbox.run({ ...job, argv: [python, 'program.py', ...(job.argv ?? [])], folder });
  });
}

describe('without isolation, because the user said so', () => {
  it('keeps the environment of the harness out', async () => {
    process.env.MMMC_TEST_API_KEY = 'secret';
    const { stdout } = await runLocally('import os; print(sorted(os.environ))', { env: { OWN: '1' } });
    expect(stdout.toString()).not.toContain('API_KEY');
    expect(stdout.toString()).toContain('OWN');
  });

  it('ends a job and its children at the CPU limit', async () => {
    const mark = `mark-${process.pid}-local`;
    const program = 'import os\nos.fork()\nwhile True: pass';
    const result = await runLocally(program, { env: { MARK: mark }, limits: { cpuSeconds: 1 } });
    expect(describeVerdict(result.verdict)).toBe('killed:cpu');
    expect(carriers(mark)).toEqual([]);
  });

  it('ends at the wall limit, the second time for good', async () => {
    const result = await runLocally('import time; time.sleep(1000)', { limits: { wallSeconds: 0.4 } });
    expect(describeVerdict(result.verdict)).toBe('killed:wall');
    expect(result.queuedMs).toBeGreaterThan(350);
  });

  it('sets limits of files, and shows files that are read-only elsewhere at their own places', async () => {
    const own = fileURLToPath(import.meta.url);
    const program = [
      'import sys',
      'print(open(sys.argv[1]).readline().strip())',
      'with open("big", "wb") as file: file.write(b"x" * 2000)',
    ].join('\n');
    const result = await runLocally(program, {
      argv: ['/inside/test.ts'],
      readOnly: { [own]: '/inside/test.ts' },
      limits: { fileBytes: 1000 },
    });
    expect(result.stdout.toString()).toContain('import { writeFile }');
    expect(result.stderr.toString()).toContain('File too large');
    expect(describeVerdict(result.verdict)).toBe('exit 1');
  });
});

describe.skipIf(!requirePrerequisite('sandbox'))('the self-test', () => {
  it('finds that a job without isolation is not in a sandbox', async () => {
    await expect(selfTest(localLauncher({}))).rejects.toMatchObject({
      code: 'no_sandbox',
      message: /\/etc\/passwd/,
    });
  });

  it('gives the reason when bubblewrap does not start, and what mends it', async () => {
    await expect(selfTest(bwrapLauncher({ '/no/such/venv': '/venv' }))).rejects.toMatchObject({
      code: 'no_sandbox',
      exitCode: 4,
      message: /no\/such\/venv/,
      hint: /every user can reach.*--unsafe-local/s,
    });
  });
});
