/** The commit of showlab/Code2Video whose files these are, as it is cited (5 October 2025). */
export const pinnedCommit = '36a608c';

/** Where people find the release. */
export const releaseUrl = 'https://github.com/showlab/Code2Video';

/** Addresses of its files begin so. */
export const releaseBaseUrl = `https://raw.githubusercontent.com/showlab/Code2Video/${pinnedCommit}/`;

/** Names of the released files. */
export const releasedNames = {
  topics: 'long_video_topics_list.json',
  safe: 'long_video_topics_list_safe.json',
  safeCopy: 'topics_list_safe.json',
  mapping: 'long_video_ref_mapping.json',
  quiz: 'questions_by_topic_10.json',
  licence: 'LICENSE',
} as const;

/** The folder of the release that holds its JSON files. */
export const jsonFolder = 'json_files';

/** A file of the release as it was at the commit. */
export interface PinnedFile {
  name: string;
  /** Path in the repository. */
  path: string;
  bytes: number;
  sha256: string;
}

const json = (name: string, bytes: number, sha256: string): PinnedFile => ({
  name,
  path: `${jsonFolder}/${name}`,
  bytes,
  sha256,
});

export const pinnedFiles: readonly PinnedFile[] = [
  {
    name: releasedNames.licence,
    path: releasedNames.licence,
    bytes: 1073,
    sha256: '79035a25d23b01e511ae3ecb39db92c31b3dad2972e5b2637101c9708c05ae20',
  },
  json(releasedNames.topics, 6048, 'dfa94c27424fdcae5c9aa15e3d0c3e0f9e00fa3e61c436cd27b6e2635e2f07cf'),
  json(releasedNames.safe, 5985, 'ea0a16de0ccf64c9578e71d6042541b879462b94f8fb6cbbe6738ed1845e122e'),
  json(releasedNames.safeCopy, 5985, 'ea0a16de0ccf64c9578e71d6042541b879462b94f8fb6cbbe6738ed1845e122e'),
  json(releasedNames.mapping, 8091, '3b05ea17b261ecb1ce1e1f9338a8aa8293a899f7b02e52bf05595943703e9433'),
  json(releasedNames.quiz, 304648, 'e1d9a8789b9216287979a7501841eea3157ee7237c3211fe6208f86968b33bb6'),
];
