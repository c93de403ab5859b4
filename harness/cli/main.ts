import { createRequire } from 'node:module';
import type { Argv, CommandModule } from 'yargs';
import { exitCodes, MmmcError, messageOf } from '../store/errors.ts';

/** What a command's file exports. The handler returns the exit code. */
export interface Command {
  builder: (yargs: Argv) => Argv;
  handler: (args: Record<string, unknown>) => Promise<number>;
}

type Entry = readonly [string, string, () => Promise<Command>];

/** Every command: words, one line, and where its code lies; the code is loaded when it is called. */
const commands: readonly Entry[] = [
  [
    'run <experiment>',
    'plan, produce, measure, report; the same command resumes',
    () => import('./commands/run.ts'),
  ],
  [
    'estimate <experiment>',
    'calls, tokens, money and render time it would take',
    () => import('./commands/estimate.ts'),
  ],
  [
    'score <bundle>',
    'measure existing productions again, or with another student',
    () => import('./commands/score.ts'),
  ],
  [
    'init <what> [path]',
    'a template of a method or an experiment that runs as it is',
    () => import('./commands/init.ts'),
  ],
  [
    'import <source>',
    'make a method of videos that exist: a folder or a CSV',
    () => import('./commands/import.ts'),
  ],
  ['report <bundle>', 'make the report again', () => import('./commands/report.ts')],
  ['dataset show [dataset]', 'what a dataset holds', () => import('./commands/dataset-show.ts')],
  [
    'dataset get <dataset>',
    'fetch the released files of a dataset, and import them',
    () => import('./commands/dataset-get.ts'),
  ],
  [
    'dataset import [kind]',
    'make a dataset of files: mmmc, hugging-face, csv, jsonl',
    () => import('./commands/dataset-import.ts'),
  ],
  [
    'dataset export <dataset>',
    'write a dataset or a view of it as CSV or JSONL',
    () => import('./commands/dataset-export.ts'),
  ],
  [
    'dataset audit <dataset>',
    'cues, bots, anomalies, duplicates: what is wrong with a quiz',
    () => import('./commands/dataset-audit.ts'),
  ],
  [
    'dataset build <config>',
    'make a dataset of a catalogue of teaching videos',
    () => import('./commands/dataset-build.ts'),
  ],
  [
    'people sheet <bundle>',
    'a page on which people rate a run’s videos, blind',
    () => import('./commands/people-sheet.ts'),
  ],
  [
    'people import <bundle> <files..>',
    'take ratings by people into a run',
    () => import('./commands/people-import.ts'),
  ],
  [
    'models list',
    'the endpoints there are: abilities, keys, prices, state',
    () => import('./commands/models-list.ts'),
  ],
  [
    'models check [endpoints..]',
    'ask the endpoints whether they have their models',
    () => import('./commands/models-check.ts'),
  ],
  ['prompts show [name]', 'what is sent: every template, or one', () => import('./commands/prompts-show.ts')],
  [
    'compare <a> <b>',
    'paired statistics of two methods, in a sentence and in numbers',
    () => import('./commands/compare.ts'),
  ],
  [
    'check <bundle>',
    'schema, checksums, every job ended or resumable, ledger sums',
    () => import('./commands/check.ts'),
  ],
  ['doctor', 'what is installed, what is missing, what to type', () => import('./commands/doctor.ts')],
];

const exitCodesInWords =
  '0 done · 1 gate missed · 2 usage · 3 budget · 4 prerequisite · 5 disk · 130 interrupted';

const { version } = createRequire(import.meta.url)('../../package.json');

async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === '--version') {
    process.stdout.write(`${version}\n`);
    return exitCodes.done;
  }
  if (argv.length === 1 && ['--help', '-h', 'help'].includes(argv[0] ?? '')) {
    process.stdout.write(overview());
    return exitCodes.done;
  }
  try {
    return await parse(argv);
  } catch (thrown) {
    return explain(thrown);
  }
}

/** The first page of help, from the table above: nothing needs loading for it. */
function overview(): string {
  const width = Math.max(...commands.map(([command]) => command.length));
  const lines = commands.map(([command, describe]) => `  mmmc ${command.padEnd(width)}  ${describe}`);
  return `mmmc ${version}: evaluates the generation of educational videos

${lines.join('\n')}

mmmc <command> --help shows the options of a command.
Exit codes: ${exitCodesInWords}
`;
}

async function parse(argv: readonly string[]): Promise<number> {
  const { default: yargs } = await import('yargs');
  let code: number = exitCodes.done;
  const parser = yargs([...argv])
    .scriptName('mmmc')
    .usage('$0 <command>\n\nEvaluates the generation of educational videos.')
    .version(version)
    .strict()
    .demandCommand(1, 'Name a command.')
    .recommendCommands()
    .epilogue(
      'Exit codes: 0 done · 1 gate missed · 2 usage · 3 budget · 4 prerequisite · 5 disk · 130 interrupted',
    )
    .wrap(Math.min(110, process.stdout.columns ?? 100))
    .exitProcess(false)
    .fail((message, error) => {
      if (error) throw error;
      throw new MmmcError('usage', message, { hint: 'See mmmc --help.', exitCode: exitCodes.usage });
    });
  const add = (to: Argv, [command, describe, load]: Entry, name = command) =>
    to.command(lazy(name, describe, load, (c) => (code = c)));
  for (const entry of commands.filter(([command]) => groupOf(command) === null)) add(parser, entry);
  for (const group of new Set(commands.flatMap(([command]) => groupOf(command) ?? []))) {
    const members = commands.filter(([command]) => groupOf(command) === group);
    parser.command(group, `${members.map(([c]) => c.split(' ')[1]).join(', ')}`, (yargs) => {
      for (const entry of members) add(yargs, entry, entry[0].slice(group.length + 1));
      return yargs.demandCommand(1, `Say what to do: ${group} --help lists it.`);
    });
  }
  await parser.parseAsync();
  return code;
}

/** `dataset` of `dataset show [dataset]`: its second word is no argument. */
function groupOf(command: string): string | null {
  return /^(\w+) \w/.exec(command)?.[1] ?? null;
}

function lazy(
  command: string,
  describe: string,
  load: () => Promise<Command>,
  done: (code: number) => void,
): CommandModule {
  return {
    command,
    describe,
    builder: async (yargs) => (await load()).builder(yargs),
    handler: async (args) => {
      refuseRepeats(args);
      done(await (await load()).handler(args));
    },
  };
}

/** Options that may be given more than once. */
const several = new Set(['endpoints', 'files', 'map', 'set', 'topic', 'category', '_']);

function refuseRepeats(args: Record<string, unknown>): void {
  const repeated = Object.keys(args).find((name) => Array.isArray(args[name]) && !several.has(name));
  if (repeated === undefined) return;
  throw new MmmcError('usage', `--${repeated} is given more than once`, {
    hint: 'Give it once.',
    exitCode: exitCodes.usage,
  });
}

/** Says what went wrong and what to do; anything that is not an MmmcError is a bug of ours and shows its stack. */
function explain(thrown: unknown): number {
  if (thrown instanceof MmmcError) {
    process.stderr.write(`mmmc: ${thrown.message}\n${thrown.hint ? `      ${thrown.hint}\n` : ''}`);
    return thrown.exitCode;
  }
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown);
  process.stderr.write(`mmmc: this is a bug, please report it:\n${detail}\n`);
  return exitCodes.gateMissed;
}

// Whoever reads our output may close it early (`| head`): that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await main(process.argv.slice(2));
