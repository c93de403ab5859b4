import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Measured } from './bench.ts';

const rows = 10_000;

const config = `name: bench
title: A long catalogue
licence: CC0-1.0
catalogue: { kind: csv, path: catalogue.csv }
rules: { exclude: [trailer] }
categories: [Mathematics, Physics]
roles: { builder: instant, reviewer: instant, student: instant }
endpoints:
  - { id: instant, provider: openai, base_url: "http://127.0.0.1:9", model: instant, concurrency: 64 }
`;

/** What the build itself costs: a long catalogue, every reply there at once, in a process of its own. */
export async function bench(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mmmc-bench-'));
  try {
    writeFileSync(join(folder, 'catalogue.csv'), catalogue());
    writeFileSync(join(folder, 'bench.yaml'), config);
    const child = join(import.meta.dirname, 'dataset-build.child.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, [child, folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the build ended with ${status}: ${stderr}`);
    const { seconds, peakMb, calls, topics } = z
      .object({ seconds: z.number(), peakMb: z.number(), calls: z.number(), topics: z.number() })
      .parse(JSON.parse(stdout));
    const what = `build of ${rows} catalogue rows, ${calls} instant replies, ${topics} topics`;
    return [
      { what, value: seconds, unit: 's', bar: 10 },
      { what: `${what}: peak memory`, value: peakMb, unit: 'MB', bar: 300 },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rows as a channel's catalogue has them: one in ten a trailer, which the rules drop. */
function catalogue(): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const title = i % 10 === 0 ? `Trailer ${i}` : `How the number ${i} is taken apart`;
    const description = `An explanation of what the number ${i} is made of, with pictures. `.repeat(4).trim();
    return `v${i},"${title}","${description}",${300 + (i % 900)},https://example.org/${i}`;
  });
  return `id,title,description,duration,url\n${lines.join('\n')}\n`;
}
