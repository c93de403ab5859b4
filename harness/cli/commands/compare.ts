import type { Argv } from 'yargs';
import { z } from 'zod';
import { type ComparedPair, compareMethods } from '../../../reports/compare.ts';
import { exitCodes } from '../../store/errors.ts';
import { toDisk } from '../../store/keys.ts';
import { alignColumns } from '../style.ts';

export function builder(yargs: Argv): Argv {
  return yargs
    .positional('a', {
      type: 'string',
      describe: 'a method of a run: runs/one:code2video, or the run’s folder where it has one method',
      demandOption: true,
    })
    .positional('b', { type: 'string', describe: 'the method it is compared with', demandOption: true })
    .option('metric', { type: 'string', describe: 'only by this metric' })
    .option('json', { type: 'boolean', default: false, describe: 'print the comparisons as JSON' })
    .example('$0 compare runs/x:code2video runs/x:direct-code', 'two methods of one run');
}

const schema = z.object({ a: z.string(), b: z.string(), metric: z.string().optional(), json: z.boolean() });

/** Paired statistics of two methods: a sentence, then the numbers. */
export async function handler(args: Record<string, unknown>): Promise<number> {
  const { a, b, metric, json } = schema.parse(args);
  const found = await compareMethods(a, b, metric);
  process.stdout.write(json ? `${JSON.stringify(toDisk(found))}\n` : `${found.map(asText).join('\n\n')}\n`);
  return exitCodes.done;
}

function asText({ label, unit, scale, sentence, methods, pair }: ComparedPair): string {
  const amount = (value: number | null | undefined) =>
    value == null ? '–' : Number.isFinite(value) ? (value * scale).toFixed(1) : value < 0 ? '−∞' : '∞';
  const p = (value: number | null | undefined) => (value == null ? '–' : value.toFixed(4));
  const rows = [
    ...methods.map(({ label: name, mean, topics }) => [
      `  ${name}`,
      `${amount(mean)} ${unit}`,
      `${topics} topics`,
    ]),
    ...(pair === null
      ? []
      : [
          [
            '  difference',
            `${amount(pair.result?.mean)} ${unit}`,
            `${pair.topics} topics in ${pair.result?.clusters ?? 0} clusters`,
          ],
          [
            '  95 % interval',
            `${amount(pair.result?.low)} to ${amount(pair.result?.high)}`,
            'bootstrap-t over clusters',
          ],
          ['  p', p(pair.result?.p), 'from the same draws'],
          ['  p, sign-flip', p(pair.signFlipP), 'assumes exchangeability'],
          [
            '  bounds',
            `${amount(pair.bounds[0])} to ${amount(pair.bounds[1])}`,
            `${pair.missing.first} and ${pair.missing.second} missing, worst and best`,
          ],
          ['  detectable', amount(pair.detectable), 'in 8 of 10 such experiments'],
        ]),
  ];
  return `${label}\n${sentence}\n\n${alignColumns(rows, [1])}`;
}
