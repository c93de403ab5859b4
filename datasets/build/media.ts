import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import type { CutRange, CutResult } from '../../harness/media/cut.ts';
import { cutVideo } from '../../harness/media/cut.ts';
import { chooseFrames } from '../../harness/media/frames.ts';
import type { VideoFrame } from '../../harness/media/ports.ts';
import { type ProbeResult, probeVideo } from '../../harness/media/probe.ts';
import type { Sandbox } from '../../harness/render/sandbox/port.ts';

/** What is done with videos when a dataset is built, all of it inside the sandbox, which is opened when first needed. */
export interface BuildMedia {
  sandbox(): Promise<Sandbox>;
  probe(file: string, signal: AbortSignal): Promise<ProbeResult>;
  cut(
    file: string,
    range: CutRange,
    target: string,
    options: { mode: 'copy' | 'encode'; signal: AbortSignal },
  ): Promise<CutResult>;
  /** At most 24 frames, chosen from the file alone. */
  frames(file: string, signal: AbortSignal): Promise<readonly VideoFrame[]>;
}

/** The media of a build over a sandbox that `open` gives, called once. Videos are copied for it: few at once. */
export function buildMedia(open: () => Promise<Sandbox>): BuildMedia {
  const limit = pLimit(availableParallelism());
  let opened: Promise<Sandbox> | undefined;
  const sandbox = () => {
    opened ??= open();
    return opened;
  };
  return {
    sandbox,
    probe: (file, signal) => limit(async () => probeVideo(await sandbox(), file, { signal })),
    cut: (file, range, target, options) =>
      limit(async () => cutVideo(await sandbox(), file, range, target, options)),
    frames: (file, signal) => limit(async () => chooseFrames(await sandbox(), file, { signal })),
  };
}
