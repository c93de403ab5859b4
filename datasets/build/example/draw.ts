import { spawn } from 'node:child_process';
import { MmmcError } from '../../../harness/store/errors.ts';
import { glyphsOf } from './figure.ts';
import { durationOf, type ExampleVideo, slidesOf } from './videos.ts';

const size = { width: 640, height: 360, fps: 10 };
const heading = { size: 34, y: 20 };
const statement = { size: 28, y: 86, step: 54 };

/** Draws a video with ffmpeg: text white on black, a moving figure below, a key frame each second. */
export async function drawVideo(video: ExampleVideo, font: string, target: string): Promise<void> {
  const source = `color=c=black:s=${size.width}x${size.height}:r=${size.fps}:d=${durationOf(video)}`;
  const encoder = `-c:v libx264 -preset ultrafast -tune stillimage -crf 30 -pix_fmt yuv420p -g ${size.fps}`;
  const keyFrames = `-keyint_min ${size.fps} -sc_threshold 0 -movflags +faststart`;
  await run('ffmpeg', [
    ...['-v', 'error', '-nostdin', '-y', '-f', 'lavfi', '-i', source, '-vf', filtersOf(video, font)],
    ...`${encoder} ${keyFrames}`.split(' '),
    target,
  ]);
}

function filtersOf(video: ExampleVideo, font: string): string {
  const text = slidesOf(video).flatMap(({ lines: [first = '', ...rest], startS, endS }) => {
    const shown = `gte(t,${startS})*lt(t,${endS})`;
    return [
      word(font, first, '24', `${heading.y}`, heading.size, '0x66CCFF', shown),
      ...rest.map((line, index) =>
        word(font, line, '24', `${statement.y + index * statement.step}`, statement.size, 'white', shown),
      ),
    ];
  });
  const figure = glyphsOf(video.figure).map(({ glyph, x, y, size: glyphSize, shown }) =>
    word(font, glyph, x, y, glyphSize, '0xFFCC33', shown),
  );
  return [...text, ...figure].join(',');
}

function word(
  font: string,
  text: string,
  x: string,
  y: string,
  fontSize: number,
  colour: string,
  shown: string,
): string {
  const place = `x='${x}':y='${y}'`;
  return `drawtext=fontfile='${font}':expansion=none:text='${text}':${place}:fontsize=${fontSize}:fontcolor=${colour}:enable='${shown}'`;
}

/** The file of DejaVu Sans, as fontconfig knows it. Throws MmmcError `no_font` where there is none. */
export async function findFont(): Promise<string> {
  const found = await run('fc-match', ['-f', '%{family}\n%{file}', 'DejaVu Sans:style=Book']);
  const [family = '', file = ''] = found.split('\n');
  if (family.startsWith('DejaVu Sans') && file !== '') return file;
  throw new MmmcError('no_font', `the example needs the font DejaVu Sans; fontconfig offers ${family}`, {
    hint: 'Install the package fonts-dejavu-core, or what your system calls it.',
  });
}

/** Our own input, so no sandbox is needed. Resolves to stdout. */
function run(program: string, argv: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', (cause) =>
      reject(new MmmcError('program_missing', `${program} cannot be started`, { cause })),
    );
    child.once('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new MmmcError('example_failed', `${program} ended with ${code}: ${stderr.slice(-500)}`));
    });
  });
}
