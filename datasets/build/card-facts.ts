import { z } from 'zod';
import { isOffline } from '../../harness/models/endpoint.ts';
import { readRunFile } from '../../harness/store/bundle.ts';
import type { CallEvent } from '../../harness/store/events.ts';
import { type BuildRole, buildRoles, resolvedBuildConfig } from './config.ts';
import type { BuildShop } from './shop.ts';

/** What a role's model did, as the journal tells it. */
export interface RoleFacts {
  role: BuildRole;
  endpoint: string;
  /** The model asked for, and those that answered. */
  model: string;
  served: readonly string[];
  offline: boolean;
  calls: number;
  /** Input and output tokens; `null` when an endpoint did not say. */
  tokens: number | null;
}

/** How a dataset came about: roles, prompts, days, program. */
export interface Making {
  roles: readonly RoleFacts[];
  prompts: readonly { name: string; sha256: string }[];
  /** Days of the first and last call, `2026-01-31`; `null` without calls. */
  days: { first: string; last: string } | null;
  program: { version: string; commit: string };
  /** Is a scripted stand-in behind one of the roles? */
  scripted: boolean;
}

const provenanceSchema = z.object({
  version: z.string().default('unknown'),
  commit: z.string().default('unknown'),
});

/** Reads from the bundle how its dataset was made. */
export function makingOf(shop: BuildShop): Making {
  const { config, bundle } = shop;
  const roles = buildRoles.map((role) => roleFacts(shop, role));
  const times = bundle.state.calls.map(({ time }) => time.slice(0, 10)).sort();
  const [first, last] = [times[0], times.at(-1)];
  const provenance: unknown = readRunFile(bundle.paths)?.configs.at(-1)?.provenance ?? {};
  return {
    roles,
    prompts: resolvedBuildConfig(config).prompts,
    days: first === undefined || last === undefined ? null : { first, last },
    program: provenanceSchema.parse(provenance),
    scripted: roles.some(({ offline }) => offline),
  };
}

function roleFacts({ config, bundle }: BuildShop, role: BuildRole): RoleFacts {
  const endpoint = config.endpoints[role];
  const calls = bundle.state.calls.filter((call) => call.role === role);
  return {
    role,
    endpoint: endpoint.id,
    model: endpoint.model,
    served: [...new Set(calls.flatMap(({ servedModel }) => servedModel ?? []))].sort(),
    offline: isOffline(endpoint),
    calls: calls.length,
    tokens: tokensOf(calls),
  };
}

function tokensOf(calls: readonly CallEvent[]): number | null {
  let sum = 0;
  for (const { usage, reply } of calls) {
    if (reply !== null && (usage.input === null || usage.output === null)) return null;
    sum += (usage.input ?? 0) + (usage.output ?? 0);
  }
  return sum;
}
