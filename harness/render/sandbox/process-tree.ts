import { readdirSync, readFileSync } from 'node:fs';
import { endianness } from 'node:os';

/** What /proc/<pid>/stat says of one process (proc_pid_stat(5)). */
export interface ProcessState {
  pid: number;
  /** Start time in clock ticks: with the pid it names a process for good. */
  start: number;
  dead: boolean;
  /** CPU time of the process itself, and of descendants it has waited for, milliseconds. */
  ownCpuMs: number;
  waitedCpuMs: number;
  residentBytes: number;
}

/** Page size and clock ticks a second, from the auxiliary vector (getauxval(3)). */
const { pageBytes, ticksPerSecond } = readAuxiliaryVector();

/** undefined when there is no such process (any more). */
export function readProcess(pid: number): ProcessState | undefined {
  const text = readProc(`${pid}/stat`);
  if (text === undefined) return undefined;
  // The name in parentheses may hold anything; the fields after it are counted from `state`, the third.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ms = (index: number) => (Number(fields[index]) * 1000) / ticksPerSecond;
  return {
    pid,
    start: Number(fields[19]),
    dead: fields[0] === 'Z' || fields[0] === 'X',
    ownCpuMs: ms(11) + ms(12),
    waitedCpuMs: ms(13) + ms(14),
    residentBytes: Number(fields[21]) * pageBytes,
  };
}

/**
 * The processes below and including `root`, parents read before their children: a child that is seen alive is then
 * in nobody's waited time, so the times can be added.
 */
export function readTree(root: number): ProcessState[] {
  const found: ProcessState[] = [];
  const seen = new Set<number>();
  const queue = [root];
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    const state = seen.has(pid) ? undefined : readProcess(pid);
    seen.add(pid);
    if (!state) continue;
    found.push(state);
    queue.push(...childrenOf(pid));
  }
  return found;
}

/** Proportional set size, bytes: shared pages are divided among those who share them. undefined when it has ended. */
export function readProportionalBytes(pid: number): number | undefined {
  const match = /^Pss:\s+(\d+) kB/m.exec(readProc(`${pid}/smaps_rollup`) ?? '');
  return match ? Number(match[1]) * 1024 : undefined;
}

/** Bytes that a process, and descendants it waited for, made dirty on file systems with a disk. */
export function readWrittenBytes(pid: number): number {
  return Number(/^write_bytes: (\d+)/m.exec(readProc(`${pid}/io`) ?? '')?.[1] ?? 0);
}

/** Whether the kernel lists children (CONFIG_PROC_CHILDREN), on which the watchdog rests. */
export function listsChildren(): boolean {
  return readProc(`self/task/${process.pid}/children`) !== undefined;
}

/** The pid that a process has in the innermost namespace it is in; undefined when it has ended. */
export function readInnerPid(pid: number): number | undefined {
  const inner = /^NSpid:.*\s(\d+)$/m.exec(readProc(`${pid}/status`) ?? '')?.[1];
  return inner === undefined ? undefined : Number(inner);
}

/** Host pids of a process's children. */
export function childrenOf(pid: number): number[] {
  const lists = tasksOf(pid).map((task) => readProc(`${pid}/task/${task}/children`) ?? '');
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return []; // it has ended
  }
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'latin1');
  } catch {
    return undefined; // it has ended, or may not be looked at
  }
}

function readAuxiliaryVector(): { pageBytes: number; ticksPerSecond: number } {
  const bytes = Buffer.from(readProc('self/auxv') ?? '', 'latin1');
  const word = (at: number) =>
    endianness() === 'LE' ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at);
  const values = new Map<number, number>();
  for (let at = 0; at + 16 <= bytes.length; at += 16) values.set(Number(word(at)), Number(word(at + 8)));
  return { pageBytes: values.get(6) ?? 4096, ticksPerSecond: values.get(17) ?? 100 };
}
