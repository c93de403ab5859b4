import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exitCodes } from '../store/errors.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { loadExperiment } from './config.ts';

it('a parameter that the model does not take ends the command before anything is planned', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'experiment.yaml');
  const experiment = (parameter: string) => `
name: test
dataset: mini@released
protocol: paper
roles: { coder: own }
methods: [{ use: direct-code }]
endpoints:
  - id: own
    provider: openai
    base_url: http://127.0.0.1:9/v1
    model: m
    accepts: [reasoning_effort]
    parameters: { ${parameter}: low }
`;
  writeFileSync(file, experiment('reasoning_efort'));
  await expect(loadExperiment(file)).rejects.toMatchObject({
    code: 'bad_config',
    exitCode: exitCodes.usage,
    message: 'Endpoint own: m takes no parameter reasoning_efort, did you mean reasoning_effort?',
  });
  writeFileSync(file, experiment('reasoning_effort'));
  expect((await loadExperiment(file)).endpoints.get('own')?.parameters).toEqual({ reasoning_effort: 'low' });
});
