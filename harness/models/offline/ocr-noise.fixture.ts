const misread: Readonly<Record<string, string>> = {
  l: 'I',
  I: 'l',
  o: '0',
  O: '0',
  e: 'c',
  s: '5',
  m: 'rn',
  n: 'ri',
  t: 'f',
  i: 'j',
  '8': 'B',
  '5': 'S',
};
const rubbish = ['—_ ~', '| , .', 'oo Fs', '~ (= )', 'Ee a', '‘ ;', 'W / N', '0 1'];

/** What OCR makes of the lines of a frame: some letters misread, rows of two columns joined, rubbish from the drawing. */
export function misreadFrame(lines: readonly string[], random: () => number): string {
  const read: string[] = [];
  for (const line of lines) {
    const letters = [...line].map((letter) => (random() < 0.015 ? (misread[letter] ?? letter) : letter));
    const text = letters.join('');
    const previous = read.at(-1);
    if (previous !== undefined && random() < 0.1) read[read.length - 1] = `${previous} ${text}`;
    else read.push(text);
    if (random() < 0.4) read.push(rubbish[Math.floor(random() * rubbish.length)] ?? '');
  }
  return read.join('\n');
}
