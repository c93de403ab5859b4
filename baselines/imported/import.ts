import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { toMp4 } from '../../harness/media/convert.ts';
import { probeVideo } from '../../harness/media/probe.ts';
import type { Sandbox } from '../../harness/render/sandbox/port.ts';
import { sha256File } from '../../harness/store/hash.ts';
import { toDisk } from '../../harness/store/keys.ts';
import { badImport, type Offer } from '../offers.ts';
import { type Imported, importedSchema, manifestName } from './manifest.ts';
import { type Match, matchTopic, type NamedTopic } from './match.ts';

/** An offer with the topic it is for; `null`: it fits none. */
export interface Pairing {
  offer: Offer;
  match: Match | null;
}

/**
 * Finds the topic of each video. `told` names the topic of a file where a person knows better (file as it is shown -> topic; '' leaves it out). Throws
 * `bad_import` (exit 2) for a topic that there is not, and for one that two videos are for.
 */
export function pairUp(
  offers: readonly Offer[],
  topics: readonly NamedTopic[],
  told: ReadonlyMap<string, string>,
): Pairing[] {
  for (const name of told.keys())
    if (!offers.some(({ source }) => source === name))
      throw badImport(
        `there is no video ${name}`,
        `There are: ${offers
          .slice(0, 12)
          .map(({ source }) => source)
          .join(', ')}.`,
      );
  const pairings = offers.map((offer) => {
    const topic = told.get(offer.source);
    if (topic === '') return { offer, match: null };
    return { offer, match: topic === undefined ? matchTopic(offer.name, topics) : matchTold(topic, topics) };
  });
  const twice = Map.groupBy(
    pairings.filter(({ match }) => match !== null),
    ({ match }) => match?.topic.slug,
  );
  for (const [slug, same] of twice)
    if (same.length > 1)
      throw badImport(
        `two videos are for topic ${slug}: ${same.map(({ offer }) => offer.source).join(', ')}`,
        'Leave one out with --map <file>= or name its topic with --map <file>=<topic>.',
      );
  return pairings;
}

function matchTold(name: string, topics: readonly NamedTopic[]): Match {
  const match = matchTopic(name, topics, 2);
  if (match === null)
    throw badImport(`there is no topic ${name}`, 'Name an id, slug or title; mmmc dataset show lists them.');
  return { ...match, matched: 'told' };
}

/** What became of the videos: the imported ones, and why the others are none. */
export interface ImportResult {
  imported: Imported[];
  refused: { source: string; reason: string }[];
}

/** Throws `bad_import` (exit 2) where a folder holds something: nothing that lies there is written over. */
export function mustBeEmpty(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  throw badImport(`${folder} is not empty`, 'Remove it, or name another folder with --out.');
}

/**
 * Copies the videos into an empty folder, each looked at in the sandbox, and writes its manifest; what comes as webm is encoded as mp4. Nothing is
 * written where no video is left.
 */
export async function importVideos(
  pairings: readonly Pairing[],
  folder: string,
  sandbox: Sandbox,
): Promise<ImportResult> {
  mustBeEmpty(folder);
  mkdirSync(folder, { recursive: true });
  const result: ImportResult = { imported: [], refused: [] };
  for (const { offer, match } of pairings) {
    if (match === null) continue;
    const { source } = offer;
    const file = `${match.topic.slug}.mp4`;
    const converted = extname(offer.file).toLowerCase() === '.webm';
    const reason = await take(sandbox, offer.file, join(folder, file), converted);
    if (reason !== null) {
      result.refused.push({ source, reason });
      continue;
    }
    const code = offer.code && `${match.topic.slug}.py`;
    if (offer.code && code) copyFileSync(offer.code, join(folder, code));
    result.imported.push(
      importedSchema.parse({
        topicId: match.topic.id,
        title: match.topic.title,
        file,
        sha256: await sha256File(join(folder, file)),
        source,
        matched: match.matched,
        converted,
        ...(code && { code }),
        ...(offer.reported && { reported: offer.reported }),
      }),
    );
  }
  if (result.imported.length > 0)
    writeFileSync(
      join(folder, manifestName),
      result.imported.map((one) => `${JSON.stringify(toDisk(one))}\n`).join(''),
    );
  return result;
}

/** Puts a video in its place; says why it cannot be, if so. */
async function take(sandbox: Sandbox, from: string, to: string, convert: boolean): Promise<string | null> {
  if (convert) {
    const made = await toMp4(sandbox, from, to);
    if (made.ok) return null;
    rmSync(to, { force: true });
    return made.reason;
  }
  const probed = await probeVideo(sandbox, from);
  if (!probed.ok) return probed.reason;
  copyFileSync(from, to);
  if ((await sha256File(to)) === probed.facts.sha256) return null;
  rmSync(to);
  return 'it changed while it was copied';
}
