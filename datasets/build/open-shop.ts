import type { RunControl } from '../../harness/experiment/control.ts';
import { Endpoints } from '../../harness/experiment/endpoints.ts';
import { OfflineEndpoints } from '../../harness/experiment/open-workshop.ts';
import { collectProvenance, packageVersion } from '../../harness/experiment/provenance.ts';
import { keyOf, openChatModel } from '../../harness/models/providers.ts';
import { openSandbox } from '../../harness/render/sandbox/sandbox.ts';
import { OpenBundle, readRunFile, writeRunFile } from '../../harness/store/bundle.ts';
import { exitCodes, MmmcError } from '../../harness/store/errors.ts';
import { hashOf } from '../../harness/store/hash.ts';
import { now } from '../../harness/store/journal.ts';
import { PlanAppender } from '../../harness/store/plan-file.ts';
import type { ShopConfig } from './config.ts';
import { SpendingLimit } from './limits.ts';
import { buildMedia } from './media.ts';
import { BuildShop } from './shop.ts';

export interface ShopOptions {
  /** The bundle's folder. */
  folder: string;
  unsafeLocal: boolean;
  /** Unusable replies to one request, over all runs, after which it is given up; 3 when absent. */
  maxUnusable?: number;
  /** Opens chat models; the configured providers when absent. */
  openChat?: typeof openChatModel;
}

/** Opens the bundle and what a build needs; `resolved` is the config as run.json keeps it. Throws MmmcError for what a person must mend first (key, folder, disk). */
export function openShop<C extends ShopConfig>(
  config: C,
  resolved: unknown,
  options: ShopOptions,
  control: RunControl,
) {
  const { openChat = openChatModel } = options;
  if (options.openChat === undefined)
    for (const endpoint of Object.values(config.endpoints)) keyOf(endpoint, process.env);
  const bundle = new OpenBundle(options.folder, packageVersion());
  try {
    writeConfig(bundle, config, resolved, options.unsafeLocal ? 'none' : 'bwrap');
    const limit = new SpendingLimit(bundle, config.file.limits);
    const media = buildMedia(() => openSandbox({ unsafeLocal: options.unsafeLocal }));
    let offline: OfflineEndpoints | undefined;
    const resolveOffline = async () => {
      offline ??= new OfflineEndpoints(await media.sandbox());
      return offline.url();
    };
    const plan = new PlanAppender(bundle.paths.plan);
    const endpoints = new Endpoints(resolveOffline, limit.guard(openChat));
    const { maxUnusable = 3 } = options;
    const shop = new BuildShop({ config, bundle, plan, media, control, endpoints, maxUnusable });
    const close = async () => {
      await control.idle();
      await offline?.close();
      plan.close();
      bundle.close();
    };
    return { shop, limit, close };
  } catch (thrown) {
    bundle.close();
    throw thrown;
  }
}

/** run.json: a changed config is kept beside the earlier ones. Throws `other_run` (exit 2). */
function writeConfig(bundle: OpenBundle, config: ShopConfig, resolved: unknown, sandbox: string): void {
  const run = readRunFile(bundle.paths);
  if (run && run.name !== config.file.name)
    throw new MmmcError(
      'other_run',
      `${bundle.paths.folder} holds the run ${run.name}, not ${config.file.name}`,
      { exitCode: exitCodes.usage, hint: 'Choose another folder with --run.' },
    );
  const hash = hashOf(resolved);
  if (run?.configs.at(-1)?.hash === hash) return;
  const entry = { time: now(), hash, config: resolved, provenance: collectProvenance(sandbox) };
  writeRunFile(bundle.paths, {
    schemaVersion: 1,
    name: config.file.name,
    configs: [...(run?.configs ?? []), entry],
  });
}
