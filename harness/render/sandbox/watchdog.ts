import { setTimeout as sleep } from 'node:timers/promises';
import { measureFolder } from './folder-size.ts';
import type { Meter } from './meter.ts';
import type { SandboxLimits, SandboxVerdict } from './port.ts';

export type Limit = Extract<SandboxVerdict, { kind: 'killed' }>['limit'];

const tickMs = 50;
/** Counting files costs more than reading /proc. */
const ticksPerFolder = 4;
/** Space in files that are deleted but still open is in no folder; it shows as written. */
const writtenPerFolderByte = 4;

/** Looks at a running job until `signal` aborts; calls `exceeded` with each limit that it finds broken. */
export async function watch(
  job: { root(): number | undefined; folder: string },
  limits: SandboxLimits,
  meter: Meter,
  exceeded: (limit: Limit) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let tick = 1; !signal.aborted; tick++) {
    await pause(tick < 3 ? tickMs / 2 : tickMs, signal);
    const root = job.root();
    if (root === undefined || signal.aborted) continue;
    meter.read(root, limits.memoryBytes);
    if (meter.cpuMs > limits.cpuSeconds * 1000) exceeded('cpu');
    if (meter.memoryBytes > limits.memoryBytes) exceeded('memory');
    if (meter.writtenBytes > limits.folderBytes * writtenPerFolderByte) exceeded('folder_bytes');
    if (tick % ticksPerFolder !== 0) continue;
    const size = await measureFolder(job.folder, limits.folderFiles);
    if (size.bytes > limits.folderBytes) exceeded('folder_bytes');
    if (size.files > limits.folderFiles) exceeded('folder_files');
  }
}

/** Ends early, without an error, when `signal` aborts. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
