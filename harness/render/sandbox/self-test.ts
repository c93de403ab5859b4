import { existsSync } from 'node:fs';
import { exitCodes, MmmcError, messageOf } from '../../store/errors.ts';
import { attempt } from './attempt.ts';
import { withJobFolder } from './job-folder.ts';
import { resolveLimits } from './limits.ts';
import { describeVerdict } from './port.ts';
import { listsChildren } from './process-tree.ts';
import type { Launcher } from './program.ts';

/** Prints what is wrong inside: a way out of the machine, a right, a host file, a word of the harness's environment. */
const program = `
import os, socket
status = open('/proc/self/status').read()
bad = [line for line in status.splitlines() if line.startswith('CapEff') and line.split()[1].strip('0')]
bad += [line for line in status.splitlines() if line.startswith('Seccomp:') and line.split()[1] != '2']
bad += ['interface ' + name for _, name in socket.if_nameindex() if name != 'lo']
bad += [path for path in ('/etc/passwd', '/etc/hostname', '/sys') if os.path.lexists(path)]
bad += ['runs as root'] if os.getuid() == 0 else []
bad += ['environment of bwrap'] if open('/proc/1/environ').read().strip('\\0') else []
open('written', 'w').close()
print('; '.join(bad) or 'sound', end='')
`;

/**
 * Runs a small program with the real argument list. Throws MmmcError `no_sandbox` with the exact reason when it
 * does not start, or when it finds what must not be there.
 */
export async function selfTest(launcher: Launcher): Promise<void> {
  const reason = (await findFault(launcher)).trim();
  if (reason === '') return;
  throw new MmmcError('no_sandbox', `no sandbox can start here: ${reason}`, {
    exitCode: exitCodes.prerequisite,
    hint: hintFor(reason),
  });
}

async function findFault(launcher: Launcher): Promise<string> {
  if (process.platform !== 'linux') return `bubblewrap needs Linux, this is ${process.platform}`;
  if (!existsSync('/usr/bin/bwrap')) return 'there is no /usr/bin/bwrap';
  if (!listsChildren()) return 'the kernel does not list child processes (CONFIG_PROC_CHILDREN)';
  const limits = resolveLimits({ cpuSeconds: 10 });
  const argv = ['/usr/bin/python3', '-I', '-S', '-c', program];
  try {
    const result = await withJobFolder((folder) => attempt(launcher, { argv, folder }, limits));
    const said = result.stdout.toString('utf8');
    if (said === 'sound') return '';
    return `${describeVerdict(result.verdict)} ${said} ${result.stderr.toString('utf8').slice(-300)}`;
  } catch (error) {
    return messageOf(error);
  }
}

const hints: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/no \/usr\/bin\/bwrap|setpriv|choom/, 'Type `apt-get install -y bubblewrap util-linux`.'],
  [/Unknown option/, 'bubblewrap 0.8 or newer is needed (Debian 12, Ubuntu 24.04).'],
  [
    /uid map/,
    'This system lets no user make namespaces: `sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`, or give bwrap an AppArmor profile.',
  ],
  [/max_\w*namespaces|ENOSPC/, 'Type `sysctl -w user.max_user_namespaces=10000`.'],
  [
    /No permissions to create|Operation not permitted|mount proc/i,
    'In a container, start it with `--security-opt seccomp=unconfined --security-opt apparmor=unconfined`.',
  ],
  [/find source path|Permission denied/, 'Set TMPDIR and MMMC_CACHE to folders that every user can reach.'],
];

function hintFor(reason: string): string {
  const known =
    hints.find(([pattern]) => pattern.test(reason))?.[1] ?? 'Type `mmmc doctor` to see what is missing.';
  return `${known} With --unsafe-local model-written code runs without isolation, and every record says so.`;
}
