import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { artifactOf } from '../../harness/store/artifacts.ts';
import { writeWhole } from '../../harness/store/bundle.ts';
import { bundleUnwritable } from '../../harness/store/errors.ts';
import type { Audit } from '../audit/audit-schema.ts';
import { auditDataset } from '../audit/report.ts';
import type { Dataset } from '../schema.ts';
import { readManifest, storedFiles } from '../stored.ts';
import { makingOf } from './card-facts.ts';
import { cardText, type Plot } from './card-text.ts';
import type { Funnel } from './funnel.ts';
import type { BuildShop } from './shop.ts';

const item = 'card';

/**
 * Stage 7: README.md (the dataset card) and plots into the folder of the stored dataset, audited for it, and SHA256SUMS
 * over everything in it. What is written depends on dataset and journal alone. Throws `bundle_unwritable` (exit 5).
 */
export async function writeCard(
  shop: BuildShop,
  dataset: Dataset,
  funnel: Pick<Funnel, 'counts'>,
): Promise<Audit> {
  const { folder } = dataset;
  shop.item({ id: item, stage: 'card', label: dataset.title.slice(0, 200) });
  // Media were hashed when they were stored.
  const audit = await auditDataset(dataset, { media: false });
  const plots = await drawPlots(audit, folder);
  const text = cardText({
    dataset,
    audit,
    funnel: funnel.counts,
    config: shop.config,
    making: makingOf(shop),
    plots,
  });
  writeWhole(join(folder, 'README.md'), text);
  const own = ['README.md', ...plots.map(({ file }) => file)];
  await writeSums(folder, own);
  const kept = [storedFiles.manifest, ...own, 'SHA256SUMS'].map((file) => join(folder, file));
  const artifacts = await Promise.all(kept.map((path) => artifactOf(shop.bundle.paths.folder, path)));
  shop.end(item, { status: 'ok', cause: null, message: null, artifacts });
  return audit;
}

async function drawPlots(audit: Audit, folder: string): Promise<Plot[]> {
  const { auditCharts } = await import('../../reports/audit/charts.ts');
  const place = join(folder, 'plots');
  try {
    mkdirSync(place, { recursive: true });
  } catch (cause) {
    throw bundleUnwritable(place, cause);
  }
  const plots: Plot[] = [];
  for (const [name, { png, alt }] of Object.entries(await auditCharts(audit, null))) {
    writeWhole(join(place, `${name}.png`), png);
    plots.push({ file: `plots/${name}.png`, alt });
  }
  return plots;
}

/** In the form of sha256sum, so that `sha256sum --check SHA256SUMS` checks the folder. */
async function writeSums(folder: string, own: readonly string[]): Promise<void> {
  const made = await Promise.all(
    [storedFiles.manifest, ...own].map((file) => artifactOf(folder, join(folder, file))),
  );
  const all = [...readManifest(folder).files, ...made].map(({ path, sha256 }) => `${sha256}  ${path}\n`);
  writeWhole(join(folder, 'SHA256SUMS'), all.join(''));
}
