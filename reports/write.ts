import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleUnwritable } from '../harness/store/errors.ts';
import { renderCsv } from './csv.ts';
import { renderPage } from './html/page.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import type { Results } from './results.ts';

/** Where the documents of a report lie. */
export interface ReportFiles {
  html: string;
  markdown: string;
  csv: string;
  json: string;
}

/** A reader never meets half a file: written beside, then renamed. */
async function replace(path: string, content: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw bundleUnwritable(path, cause);
  }
}

/**
 * Draws results into `report/` of a bundle: `index.html`, `report.md`, `results.csv` and `results.json`.
 * Each can be deleted and made again. Throws `bundle_unwritable` when the disk is full or there is no right.
 */
export async function writeReport(results: Results, bundleFolder: string): Promise<ReportFiles> {
  const folder = join(bundleFolder, 'report');
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw bundleUnwritable(folder, cause);
  }
  const files = {
    html: join(folder, 'index.html'),
    markdown: join(folder, 'report.md'),
    csv: join(folder, 'results.csv'),
    json: join(folder, 'results.json'),
  };
  await replace(files.json, renderJson(results));
  await replace(files.csv, renderCsv(results));
  await replace(files.markdown, renderMarkdown(results));
  await replace(files.html, renderPage(results));
  return files;
}
