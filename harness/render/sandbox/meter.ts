import { type ProcessState, readProportionalBytes, readTree, readWrittenBytes } from './process-tree.ts';
import type { ProgramEnd } from './program.ts';

/**
 * Adds up what a tree of processes uses, reading after reading. Never says more than was used: a machine's oddities
 * must not end an honest program. What it misses, the wall limit ends.
 */
export class Meter {
  cpuMs = 0;
  memoryBytes = 0;
  peakMemoryBytes = 0;
  writtenBytes = 0;
  /** Own CPU time of every process ever seen, by pid and start. */
  readonly #ownCpuMs = new Map<string, number>();
  #peakResidentBytes = 0;

  /** @param memoryLimit bytes; up to it the cheap resident size is believed, above it the exact one is read. */
  read(root: number, memoryLimit: number): void {
    const tree = readTree(root);
    this.#readCpu(tree);
    this.#readMemory(tree, memoryLimit);
    const written = tree.reduce((sum, { pid }) => sum + readWrittenBytes(pid), 0);
    this.writtenBytes = Math.max(this.writtenBytes, written);
  }

  /** Takes the CPU time that is told at the end: what was used since the last reading is in no other. */
  ended(end: ProgramEnd): void {
    if (end.kind === 'exit') this.cpuMs = Math.max(this.cpuMs, end.cpuMs ?? 0);
  }

  /**
   * Two sums, neither of which counts anything twice: the living with what they waited for (which knows children too
   * short-lived to be seen), and everybody ever seen (which knows those that nobody waited for).
   */
  #readCpu(tree: readonly ProcessState[]): void {
    for (const { pid, start, ownCpuMs } of tree) this.#ownCpuMs.set(`${pid} ${start}`, ownCpuMs);
    const living = tree.reduce((sum, state) => sum + state.ownCpuMs + state.waitedCpuMs, 0);
    const seen = this.#ownCpuMs.values().reduce((sum, ms) => sum + ms, 0);
    this.cpuMs = Math.max(this.cpuMs, living, seen);
  }

  #readMemory(tree: readonly ProcessState[], limit: number): void {
    const resident = tree.reduce((sum, { residentBytes }) => sum + residentBytes, 0);
    this.memoryBytes = Math.min(resident, limit);
    // Exact sizes are dear to read; a quarter more than ever before is news enough.
    if (resident <= limit && resident < 1.25 * this.#peakResidentBytes) return;
    this.#peakResidentBytes = Math.max(resident, this.#peakResidentBytes);
    this.memoryBytes = tree.reduce((sum, { pid }) => sum + (readProportionalBytes(pid) ?? 0), 0);
    this.peakMemoryBytes = Math.max(this.peakMemoryBytes, this.memoryBytes);
  }
}
