import { z } from 'zod';
import { callSchema } from './events.ts';

/** Version of the format; readers accept every one up to their own. */
export const cassetteVersion = 1;

/** First line: what was recorded, by which program. */
export const cassetteHeadSchema = z.strictObject({
  type: z.literal('cassette'),
  schemaVersion: z.literal(cassetteVersion),
  /** Version of the program. */
  version: z.string(),
  /** When it was written. */
  time: z.string(),
  dataset: z.strictObject({ name: z.string(), view: z.string() }),
});
export type CassetteHead = z.infer<typeof cassetteHeadSchema>;

/**
 * One call of the journal: its key, what came back, what it cost. The list names what may leave the machine: no endpoint's
 * name or address, no prompt, no wording of an error (it quotes servers), no record of a video server's, no path.
 */
export const cassetteCallSchema = z.strictObject({
  type: z.literal('call'),
  ...callSchema.pick({
    owner: true,
    role: true,
    purpose: true,
    request: true,
    occurrence: true,
    time: true,
    files: true,
    media: true,
    reply: true,
    finish: true,
    usable: true,
    servedModel: true,
    usage: true,
    costUsd: true,
    costFrom: true,
    unbilled: true,
    images: true,
    videoS: true,
    madeS: true,
    attempts: true,
    workingMs: true,
    waitingMs: true,
  }).shape,
  /** Class of the failure. */
  failure: z.string().nullable(),
});
export type CassetteCall = z.infer<typeof cassetteCallSchema>;

/** A line of the unpacked file. Texts and videos stand once each, before the first call that needs them. */
export const cassetteLineSchema = z.discriminatedUnion('type', [
  cassetteHeadSchema,
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  /** A piece of a video, base64; the pieces of one video follow one another. */
  z.strictObject({ type: z.literal('video'), sha256: z.string().regex(/^[0-9a-f]{64}$/), piece: z.base64() }),
  cassetteCallSchema,
  /** Last line: a file without it was cut. */
  z.strictObject({ type: z.literal('end'), calls: z.int() }),
]);
export type CassetteLine = z.infer<typeof cassetteLineSchema>;

/** Bytes of a video in one line. */
export const pieceBytes = 2 ** 20;

/** What a call is looked up by. */
export type CallKey = Pick<CassetteCall, 'owner' | 'role' | 'purpose' | 'request'>;

/** Calls that make videos; all others answer in text. */
export const isVideoCall = (call: { role: string }): boolean => call.role === 'video-generator';

/** The name that a server gave its model, without the folder where it keeps it. */
export function withoutFolder(model: string): string {
  return /^([/~.]|[a-z]:\\|file:)/i.test(model) ? (model.split(/[/\\]/).filter(Boolean).at(-1) ?? '') : model;
}
