import { z } from 'zod';

/** One answer of the warm process, a line of JSON each. */
const answer = z.union([
  z.strictObject({ ready: z.literal(true), resident_bytes: z.int().positive() }),
  z.strictObject({ forked: z.string(), pid: z.int().positive() }),
  z.strictObject({
    ended: z.string(),
    code: z.int().min(0).max(255),
    /** Why the job's program never began; null when it did. */
    failure: z.string().max(5000).nullable(),
    /** CPU time of the job's processes, those included that nobody waited for. */
    cpu_ms: z.number().nonnegative(),
    resident_bytes: z.int().positive(),
  }),
]);
type Answer = z.infer<typeof answer>;
export type JobAnswer = Exclude<Answer, { ready: true }>;

/** The settings that the warm process reads first. */
export interface Settings {
  /** Where it connects the output of its jobs to. */
  streams: string;
  /** The system call filter, base64. */
  filter: string;
  /** Python modules to import before the first job. */
  modules: readonly string[];
  tmp_bytes: number;
  shm_bytes: number;
}

/** A job as it is sent; folders are names in the folder that all jobs of the warm process lie in. */
export interface JobLine {
  id: string;
  /** Script and arguments. */
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  folder: string;
  /** Place inside -> folder. */
  read_only: Readonly<Record<string, string>>;
  limits: Readonly<Record<string, number>>;
}

/** Longer lines than this are none of ours. */
export const maxLine = 16 * 1024;

/** null when the line is no answer. */
export function readAnswer(line: string): Answer | null {
  try {
    return answer.parse(JSON.parse(line));
  } catch {
    return null; // The caller ends the process that said it.
  }
}
