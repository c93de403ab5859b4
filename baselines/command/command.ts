import { z } from 'zod';
import { roles } from '../../harness/models/chat.ts';
import { fromDisk } from '../../harness/store/keys.ts';
import { parseJson } from '../../harness/store/parse-json.ts';
import { type Reported, reportedSchema } from '../given.ts';
import { defineMethod, type Lesson, type Production, type Studio } from '../method.ts';

const settingsSchema = z.strictObject({
  /** Program and arguments; it runs in a fresh folder, so name its files by full paths. */
  run: z.array(z.string().min(1)).min(1),
  timeoutS: z.number().positive().default(3600),
  /** In the sandbox it has no network but the metering proxy, and sees only the system's programs and `show`. */
  sandbox: z.boolean().default(false),
  show: z.array(z.string().startsWith('/')).default([]),
  /** Variables of our environment that it may see, without the sandbox; keys are refused. */
  environment: z.array(z.string()).default([]),
  set: z.record(z.string(), z.string()).default({}),
  /** Names of models that it asks for -> the role whose endpoint answers. */
  models: z.record(z.string(), z.enum(roles)).default({}),
});
type Settings = z.infer<typeof settingsSchema>;

/** Other fields of usage.json are passed over. */
const usageSchema = reportedSchema.strip();

/** Any program: it gets the topic as topic.json and leaves video.mp4, and usage.json if it likes. */
export const command = defineMethod<Settings>({
  name: 'command',
  version: '1',
  settings: settingsSchema,
  roles: [],
  uses: ({ models }) => [...new Set(Object.values(models))],
  prompts: [],
  renders: false,
  estimate: () => ({ calls: {}, renders: 0 }),
  produce,
});

async function produce(lesson: Lesson, settings: Settings, studio: Studio): Promise<Production> {
  const { run: argv, sandbox: sandboxed, ...rest } = settings;
  const picture = lesson.referenceImage;
  const image = picture && `reference.${picture.mediaType.split('/')[1] ?? 'jpeg'}`;
  const { topicId: id, title, language } = lesson;
  const topic = { id, title, language, repeat: studio.repeat, reference_image: image ?? null };
  const ended = await studio.program({
    ...rest,
    argv,
    sandboxed,
    files: {
      'topic.json': `${JSON.stringify(topic, null, 2)}\n`,
      ...(picture && image && { [image]: picture.bytes }),
    },
    keep: ['video.mp4', 'usage.json', 'code.py'],
  });
  const reported = await reportedOf(studio, ended.calls, ended.wallS);
  const failed = (cause: string, message: string): Production => ({
    status: 'method_failed',
    cause,
    message,
    video: null,
    sections: [],
    reported,
  });
  if (ended.failed !== null) return failed('program_failed', ended.failed);
  const video = await studio.look('video.mp4');
  if (!video.ok) return failed('no_video', video.reason);
  return { status: 'ok', cause: null, message: null, video: 'video.mp4', sections: [], reported };
}

/** Its own account counts only where none of its calls were metered. */
async function reportedOf(studio: Studio, metered: number, timeS: number): Promise<Reported | undefined> {
  if (metered > 0) return undefined;
  const said = usageSchema.safeParse(fromDisk(parseJson((await studio.read('usage.json', 1024 ** 2)) ?? '')));
  const own = said.success ? said.data : usageSchema.parse({});
  return { ...own, timeS };
}
