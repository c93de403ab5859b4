import type { SandboxLimits } from './port.ts';

const mebibyte = 2 ** 20;

/** The wall limit is a loose backstop: this many times the CPU limit unless it is given. */
const wallPerCpu = 5;

/** Fits one Manim scene of half a minute with LaTeX at any quality that configs offer. */
export const defaultLimits: SandboxLimits = {
  cpuSeconds: 120,
  wallSeconds: 120 * wallPerCpu,
  memoryBytes: 1536 * mebibyte,
  folderBytes: 400 * mebibyte,
  folderFiles: 20_000,
  fileBytes: 200 * mebibyte,
  outputBytes: 8 * mebibyte,
};

/** Later parts win; where only CPU seconds are given, wall seconds follow them. */
export function resolveLimits(...parts: readonly (Partial<SandboxLimits> | undefined)[]): SandboxLimits {
  const limits = { ...defaultLimits };
  for (const part of parts) {
    if (part?.cpuSeconds !== undefined) limits.wallSeconds = part.cpuSeconds * wallPerCpu;
    Object.assign(limits, part);
  }
  return limits;
}

/** Sizes of the sandbox's own memory file systems, bytes. */
export const tmpBytes = 256 * mebibyte;
export const shmBytes = 64 * mebibyte;

/** Kept of each output stream, bytes. */
export const keptOutputBytes = 64 * 1024;

/**
 * Hard limits per process that the stub sets, by their RLIMIT names. They lie above what the watchdog measures over
 * the tree, so that its verdict comes first. DATA counts 8 MiB for each thread's stack: twice the memory limit.
 */
export function resourceLimits(limits: SandboxLimits): Record<string, number> {
  return {
    CPU: Math.ceil(limits.cpuSeconds) + 2,
    DATA: 2 * limits.memoryBytes,
    FSIZE: limits.fileBytes,
    NOFILE: 512,
    // Threads count as processes: x264 and BLAS start several for each core.
    NPROC: 256,
    CORE: 0,
  };
}
