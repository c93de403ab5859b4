import { describeVerdict, type Sandbox } from '../render/sandbox/port.ts';
import { withWorkspace } from '../render/workspace.ts';
import { MmmcError } from '../store/errors.ts';
import { probeInside, safeInput } from './probe.ts';
import { videoLimits } from './video-limits.ts';

/** Its first picture and sound, and no word of where they come from: no tags, no chapters, no name of an encoder. */
const bare =
  '-map 0:v:0 -map 0:a:0? -sn -dn -map_chapters -1 -map_metadata -1 -fflags +bitexact -c copy -movflags +faststart';

/** Encoders of H.264 sign their streams with a text (a NAL unit of type 6, supplemental information). */
const unsigned = '-bsf:v filter_units=remove_types=6';

/** Copies an mp4 without anything in it that tells how it was made; pictures and sound stay as they are. Throws `no_bare_video`. */
export async function copyBare(sandbox: Sandbox, file: string, target: string): Promise<void> {
  await withWorkspace(async (space) => {
    await space.copyIn('in.mp4', file);
    const probed = await probeInside(sandbox, space, 'in.mp4');
    if (!probed.ok) throw notBare(file, probed.reason);
    const signed = probed.facts.codec === 'h264' ? unsigned.split(' ') : [];
    const ran = await sandbox.run({
      argv: [
        ...['ffmpeg', '-v', 'error', '-nostdin', ...safeInput, '-i', 'file:in.mp4'],
        ...[...bare.split(' '), ...signed, 'out.mp4'],
      ],
      folder: space.folder,
      limits: { cpuSeconds: 300, wallSeconds: 1500 },
    });
    if (ran.verdict.kind !== 'exit' || ran.verdict.code !== 0)
      throw notBare(file, describeVerdict(ran.verdict), ran.stderr.toString('utf8').slice(-500));
    if (!(await space.copyOut('out.mp4', target, videoLimits.bytes))) throw notBare(file, 'nothing came out');
  });
}

function notBare(file: string, reason: string, cause?: string): MmmcError {
  return new MmmcError('no_bare_video', `${file} could not be copied without its tags: ${reason}`, { cause });
}
