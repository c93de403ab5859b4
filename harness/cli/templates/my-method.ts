import {
  defineMethod,
  extractCode,
  type Lesson,
  type Production,
  type Studio,
  z,
} from '../../../baselines/module.ts';

const settingsSchema = z.strictObject({
  /** How often the coder may try. */
  tries: z.int().min(1).max(10).default(2),
});
type Settings = z.infer<typeof settingsSchema>;

/** One request for a whole scene, and another one when it does not render: change it into your own. */
export default defineMethod<Settings>({
  name: 'my-method',
  // Raise it when what it does changes: cells of the old version stay as they are. The file's hash counts as well.
  version: '1',
  settings: settingsSchema,
  roles: ['coder'],
  prompts: ['direct-code/scene-code'],
  renders: true,
  estimate: ({ tries }) => ({ calls: { coder: { low: 1, high: tries } }, renders: { low: 1, high: tries } }),
  produce,
});

async function produce(lesson: Lesson, { tries }: Settings, studio: Studio): Promise<Production> {
  const none = { video: null, sections: [] };
  let message = 'no try held any code';
  for (let attempt = 1; attempt <= tries; attempt++) {
    const data = { task: 'scene_code', topic: { title: lesson.title, language: lesson.language } };
    const text = studio.prompt('direct-code/scene-code', data);
    const request = { messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }] };
    const reply = await studio.chat('coder', request, { purpose: 'scene_code', attempt });
    const code = extractCode(reply.text);
    // A reply that was cut may hold code too, and half of a lesson is none.
    if (reply.finish !== 'stop' || code === null) continue;
    await studio.write(`try_${attempt}/code.py`, code);
    const scene = { code, className: 'DirectScene', modules: {} };
    const rendered = await studio.render(scene, `try_${attempt}`, { purpose: 'render', attempt });
    if (rendered.ok)
      return { ...none, status: 'ok', cause: null, message: null, video: `try_${attempt}/video.mp4` };
    message = `${rendered.error.type}: ${rendered.error.message}`;
  }
  return { ...none, status: 'method_failed', cause: 'not_rendered', message };
}
