import type { Endpoint } from './endpoint.ts';

/** Was the model shut down by then, as far as its entry says? */
export function isRetired({ retired }: Pick<Endpoint, 'retired'>, today: Date): boolean {
  return retired !== undefined && Date.parse(retired) <= today.getTime();
}

/** The state of a model in words: when it was or will be shut down, and what its maker names instead; '' when nothing is known. */
export function stateOf(endpoint: Pick<Endpoint, 'retired' | 'replacement'>, today: Date): string {
  const { retired, replacement } = endpoint;
  if (retired === undefined) return '';
  const instead = replacement === undefined ? '' : `, use ${replacement}`;
  return isRetired(endpoint, today) ? `retired since ${retired}${instead}` : `until ${retired}${instead}`;
}
