import type { SandboxLimits } from '../port.ts';
import { refusedCalls, specialCalls } from '../seccomp-table.ts';

/** What the host shows to a hostile program to be found, reached, changed or ended. */
export interface Bait {
  port: number;
  abstractSocket: string;
  socketFile: string;
  canaryFile: string;
}

/** One hostile program of this folder, what it is given, and every way in which it may end. */
export interface HostileCase {
  program: string;
  promise: string;
  verdicts: readonly string[];
  limits?: Partial<SandboxLimits>;
  /** The whole output, or what it matches. */
  stdout?: string | RegExp;
  arguments?: (bait: Bait) => readonly string[];
}

const megabyte = 1e6;
/** Short, and far from the CPU limit, so that only the wall can end it. */
const briefWall = { cpuSeconds: 10, wallSeconds: 0.7 };
const briefCpu = { cpuSeconds: 1, wallSeconds: 20 };
const column = process.arch === 'arm64' ? 1 : 0;

const numbersOf = (calls: Readonly<Record<string, readonly (number | null)[]>>) =>
  Object.fromEntries(
    Object.entries(calls).flatMap(([name, numbers]) => {
      const number = numbers[column];
      return typeof number === 'number' ? [[name, number] as const] : [];
    }),
  );

export const hostileCases: readonly HostileCase[] = [
  {
    program: 'fork_bomb',
    promise: 'a fork bomb runs out of CPU seconds',
    limits: briefCpu,
    verdicts: ['killed:cpu', 'killed:wall'],
  },
  {
    program: 'thread_bomb',
    promise: 'threads end at the limit of processes',
    verdicts: ['exit 0'],
    stdout: /^(1\d\d|2[0-4]\d|25[0-5])\n$/,
  },
  {
    program: 'memory_single',
    promise: 'one greedy process gets a MemoryError or is killed',
    limits: { memoryBytes: 200 * megabyte },
    verdicts: ['exit 1', 'killed:memory'],
  },
  {
    program: 'memory_many',
    promise: 'memory is added up over processes',
    limits: { memoryBytes: 200 * megabyte },
    verdicts: ['killed:memory'],
  },
  {
    program: 'memory_hidden',
    promise: 'memory that the watchdog cannot see is refused',
    verdicts: ['exit 0'],
    stdout: 'memfd refused\nshmget refused\n',
  },
  {
    program: 'memory_files',
    promise: 'file systems in memory are small or read-only',
    verdicts: ['exit 0'],
    stdout: /^\{"\/tmp": 2[0-6]\d(\.\d+)?, "\/dev\/shm": 6\d(\.\d+)?(, "[a-z/]*": 0){6}\}\n$/,
  },
  { program: 'spin', promise: 'an endless loop is killed', limits: briefCpu, verdicts: ['killed:cpu'] },
  {
    program: 'spin_many',
    promise: 'CPU seconds are added up over processes',
    limits: briefCpu,
    verdicts: ['killed:cpu'],
  },
  {
    program: 'spin_unwaited',
    promise: 'CPU seconds of children that nobody waits for are not forgotten',
    limits: briefCpu,
    verdicts: ['killed:cpu'],
  },
  {
    program: 'big_file',
    promise: 'a file cannot outgrow its limit',
    limits: { fileBytes: 20 * megabyte },
    verdicts: ['exit 0'],
    stdout: '27 20000000\n',
  },
  {
    program: 'many_files',
    promise: 'the size of the folder is limited',
    limits: { folderBytes: 50 * megabyte },
    verdicts: ['killed:folder_bytes'],
  },
  {
    program: 'deleted_file',
    promise: 'space in deleted files counts too',
    limits: { folderBytes: 20 * megabyte },
    verdicts: ['killed:folder_bytes'],
  },
  {
    program: 'many_entries',
    promise: 'the number of files is limited',
    limits: { folderFiles: 500 },
    verdicts: ['killed:folder_files'],
  },
  { program: 'flood', promise: 'a flood of output is cut off', verdicts: ['killed:output'] },
  { program: 'secrets', promise: 'no secret of the host is inside', verdicts: ['exit 0'], stdout: '[]\n' },
  {
    program: 'network',
    promise: 'no socket leads anywhere',
    verdicts: ['exit 0'],
    stdout: '[]\n',
    arguments: (bait) => [String(bait.port), bait.abstractSocket, bait.socketFile],
  },
  {
    program: 'write_outside',
    promise: 'nothing outside its folder can be written',
    verdicts: ['exit 0'],
    stdout: '[]\n',
    arguments: (bait) => [bait.canaryFile],
  },
  {
    program: 'kill_everyone',
    promise: 'it can end nobody else',
    verdicts: ['exit 0'],
    stdout: 'still here\n',
  },
  {
    program: 'kernel_surface',
    promise: 'rare and dangerous system calls are refused',
    verdicts: ['exit 0'],
    stdout: '[]\n',
    arguments: () => [JSON.stringify({ refused: numbersOf(refusedCalls), special: numbersOf(specialCalls) })],
  },
  {
    program: 'own_limits',
    promise: 'it inherits nothing, and its limits are final',
    verdicts: ['exit 0'],
    // Standard input, output and error, and the one that lists the folder.
    stdout: '{"given": 4, "raised": [], "opened": 509}\n',
  },
  {
    program: 'forged_result',
    promise: 'what it says of itself changes nothing',
    verdicts: ['exit 139'],
  },
  {
    program: 'terminal',
    promise: 'nobody types, and there is no terminal',
    verdicts: ['exit 0'],
    stdout: "''\nno terminal\n",
  },
  {
    program: 'daemon_exit',
    promise: 'a daemon ends with its job',
    verdicts: ['exit 0'],
  },
  {
    program: 'daemon_wait',
    promise: 'daemons that ignore every signal end with the wall limit',
    limits: briefWall,
    verdicts: ['killed:wall'],
  },
  {
    program: 'self_stop',
    promise: 'a stopped program ends with the wall limit',
    limits: briefWall,
    verdicts: ['killed:wall'],
  },
  {
    program: 'pipe_holder',
    promise: 'nobody is waited for who only holds the output open',
    limits: { cpuSeconds: 5, wallSeconds: 5 },
    verdicts: ['exit 0'],
    stdout: 'ended\n',
  },
];
