import { defineMethod, type Lesson, type Production, type SectionReport, type Studio } from '../method.ts';
import { planShots, type Shot } from './plan-shots.ts';
import { type Settings, settingsSchema } from './settings.ts';

/**
 * A pixel-space video model (paper section 5.1): one prompt, one clip, taken as it comes. With `shots` above 1, which the
 * paper has not, a planner divides the lesson into clips, and they are joined.
 */
export const pixelSpace = defineMethod<Settings>({
  name: 'pixel-space',
  version: '2',
  settings: settingsSchema,
  roles: ['planner', 'video-generator'],
  uses: ({ shots }) => (shots > 1 ? ['planner', 'video-generator'] : ['video-generator']),
  prompts: ['pixel-space/video', 'pixel-space/shots'],
  renders: false,
  estimate: ({ shots, seconds }) => ({
    calls: { planner: shots > 1 ? { low: 1, high: 2 } : 0, 'video-generator': shots },
    renders: 0,
    clipS: seconds,
  }),
  produce: (lesson, settings, studio) =>
    settings.shots > 1 ? inShots(lesson, settings, studio) : inOne(lesson, settings, studio),
});

function clipOf(prompt: string, { shots: _, seed, ...shape }: Settings, { repeat }: Studio) {
  return { prompt, ...shape, seed: seed + repeat };
}

async function inOne(lesson: Lesson, settings: Settings, studio: Studio): Promise<Production> {
  const prompt = studio.prompt('pixel-space/video', { topic: lesson.title }).trim();
  const clip = await studio.video(clipOf(prompt, settings, studio), 'video.mp4', { purpose: 'clip' });
  if (clip.ok) return { status: 'ok', cause: null, message: null, video: 'video.mp4', sections: [] };
  return failed(clip.refused, 'no_video', `the clip cannot be used: ${clip.reason}`);
}

async function inShots(lesson: Lesson, settings: Settings, studio: Studio): Promise<Production> {
  const plan = await planShots(lesson, settings.shots, settings.seconds, studio);
  if (!plan.ok) return failed(plan.refused, 'plan_unusable', `the plan of shots: ${plan.problem}`);
  await studio.write('shots.json', `${JSON.stringify(plan.shots, null, 2)}\n`);
  const made = await Promise.allSettled(plan.shots.map((shot, i) => makeShot(shot, i, settings, studio)));
  // All of them have ended before a failure of ours is passed on.
  const reports = made.map((shot) => {
    if (shot.status === 'rejected') throw shot.reason;
    return shot.value;
  });
  return joined(reports, studio);
}

interface ShotReport {
  section: SectionReport;
  refused: boolean;
}

async function makeShot(shot: Shot, index: number, settings: Settings, studio: Studio): Promise<ShotReport> {
  const id = `shot_${index + 1}`;
  const video = `${id}.mp4`;
  const clip = await studio.video(clipOf(shot.prompt, settings, studio), video, {
    purpose: 'clip',
    section: id,
  });
  const about = { id, title: shot.title, codeProduced: false, checked: false, repairs: 0 };
  if (clip.ok) return { section: { ...about, rendered: true, video, error: null }, refused: false };
  const error = { kind: clip.refused ? 'refused' : 'no_video', message: clip.reason };
  return { section: { ...about, rendered: false, error }, refused: clip.refused };
}

/** The clips that there are, in the order of the plan. */
async function joined(reports: readonly ShotReport[], studio: Studio): Promise<Production> {
  const sections = reports.map(({ section }) => section);
  const clips = sections.flatMap(({ video }) => video ?? []);
  const missing = sections.filter(({ error }) => error !== null);
  const why = missing.map(({ id, error }) => `${id}: ${error?.message}`).join('; ');
  if (clips.length === 0) {
    const refused = reports.every((report) => report.refused);
    return { ...failed(refused, 'no_video', `no shot can be used: ${why}`), sections };
  }
  const whole = await studio.concat(clips, 'video.mp4');
  if (!whole.ok) return { ...failed(false, 'merge_failed', whole.reason), sections };
  if (missing.length === 0) return { status: 'ok', cause: null, message: null, video: 'video.mp4', sections };
  return { status: 'partial', cause: 'shots_missing', message: why, video: 'video.mp4', sections };
}

function failed(refused: boolean, cause: string, message: string): Production {
  return {
    status: refused ? 'refused' : 'method_failed',
    cause: refused ? 'refused' : cause,
    message,
    video: null,
    sections: [],
  };
}
