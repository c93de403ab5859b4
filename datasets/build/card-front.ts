import { stringify } from 'yaml';
import type { Dataset } from '../schema.ts';
import { slugOf } from '../slug.ts';

/** Identifiers of licences that the Hub knows, of those that videos and datasets usually have. */
const hubLicences = [
  ...['mit', 'apache-2.0', 'cc0-1.0', 'cc-by-2.0', 'cc-by-3.0', 'cc-by-4.0', 'cc-by-sa-3.0', 'cc-by-sa-4.0'],
  ...['cc-by-nc-2.0', 'cc-by-nc-3.0', 'cc-by-nc-4.0', 'cc-by-nd-4.0', 'cc-by-nc-nd-3.0', 'cc-by-nc-nd-4.0'],
  ...[
    'cc-by-nc-sa-2.0',
    'cc-by-nc-sa-3.0',
    'cc-by-nc-sa-4.0',
    'odc-by',
    'odbl',
    'pddl',
    'gpl-3.0',
    'unknown',
  ],
];

/**
 * The YAML at the head of a dataset card, with the fields of the Hub's dataset card specification
 * (https://github.com/huggingface/hub-docs, datasetcard.md). A licence that the Hub does not know is `other`, by name.
 */
export function frontMatter(dataset: Dataset, scripted: boolean): string {
  const languages = [...new Set(dataset.topics.map(({ language }) => language))].sort();
  const videos = dataset.topics.some(({ humanVideo }) => humanVideo !== undefined);
  const fields = {
    language: [...new Set(languages.map((language) => language.toLowerCase().split('-')[0]))],
    ...(languages.some((language) => language.includes('-')) && { language_details: languages }),
    ...licenceFields(dataset.licence),
    pretty_name: dataset.title,
    size_categories: [sizeOf(dataset.topics.reduce((sum, { quiz }) => sum + quiz.length, 0))],
    task_categories: ['question-answering', 'multiple-choice', ...(videos ? ['video-text-to-text'] : [])],
    task_ids: ['multiple-choice-qa'],
    annotations_creators: ['machine-generated'],
    language_creators: ['machine-generated'],
    source_datasets: ['original'],
    tags: [
      'education',
      'benchmark',
      ...(videos ? ['video'] : []),
      ...(scripted ? ['scripted-demonstration'] : []),
    ],
    configs: [
      { config_name: 'questions', data_files: [{ split: 'test', path: 'questions.jsonl' }] },
      { config_name: 'topics', data_files: [{ split: 'test', path: 'topics.jsonl' }] },
    ],
  };
  return `---\n${stringify(fields)}---\n`;
}

function licenceFields(licence: string): Record<string, string> {
  const id = licence.trim().toLowerCase().replace(/\s+/g, '-');
  if (hubLicences.includes(id)) return { license: id };
  if (URL.canParse(licence)) return { license: 'other', license_name: 'see-link', license_link: licence };
  return { license: 'other', license_name: slugOf(licence) || 'other', license_details: licence };
}

/** The Hub's classes of size. */
function sizeOf(count: number): string {
  const bounds = [1000, 10_000, 100_000, 1_000_000];
  const names = ['n<1K', '1K<n<10K', '10K<n<100K', '100K<n<1M', '1M<n<10M'];
  return names[bounds.filter((bound) => count >= bound).length] ?? 'n<1K';
}
