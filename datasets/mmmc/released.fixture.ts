import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { testFolder } from '../../harness/testing/folder.ts';

const question = (stem: string, answer = 'A') => ({
  question: stem,
  options: { A: `yes, ${stem}`, B: 'no', C: 'perhaps' },
  answer,
});

/** The files of a small release of the same make: two topics, two questions each, one reference image. */
export function smallRelease(): Record<string, unknown> {
  return {
    'long_video_topics_list.json': ["Ohm's law", 'Café'],
    'long_video_topics_list_safe.json': ['Ohms_law', 'Caf'],
    'topics_list_safe.json': ['Ohms_law', 'Caf'],
    'long_video_ref_mapping.json': { Caf: 'Caf.jpg', Ohms_law: null },
    'questions_by_topic_10.json': {
      "Ohm's law": [question('What is U?'), question('What is I?', 'B')],
      Café: [question('What is it?', 'C'), question('Why?')],
    },
  };
}

/** A folder with these files; values that are neither text nor bytes are written as JSON. */
export function folderOf(files: Record<string, unknown>): string {
  const folder = testFolder();
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const plain = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(path, plain ? content : JSON.stringify(content, null, 1));
  }
  return folder;
}
