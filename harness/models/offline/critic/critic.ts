import { readBlock } from '../task.ts';
import { type Finding, findingsOf } from './findings.ts';
import { proposeFor } from './propose.ts';
import { critiqueSchema } from './table.ts';

const mostProblems = 5;

/**
 * The critic computes its findings from the occupancy table that it is sent, and from nothing else: it knows no lesson and
 * looks at no picture. Throws OfflineRefusal 422 when the message holds no such table.
 */
export async function answerAsCritic(lastUserMessage: string): Promise<string> {
  const request = readBlock(lastUserMessage, critiqueSchema);
  const problems = findingsOf(request)
    .slice(0, mostProblems)
    .map((finding) => ({ ...described(finding), edit: proposeFor(finding, request) }));
  const said = problems.length === 0 ? 'I find nothing in the table.' : 'This is what I find in the table.';
  return `${said}\n\n\`\`\`json\n${JSON.stringify({ problems }, null, 2)}\n\`\`\``;
}

const words = {
  overlap: 'lies over',
  covered_line: 'covers',
  off_screen: 'reaches out of the frame',
  too_small: 'is too small to be read',
} as const;

function described({ kind, element, other, moment, amount }: Finding) {
  const share = `${Math.round(amount * 100)} %`;
  return {
    kind,
    object: element.element,
    ...(other === null ? {} : { with: other.element }),
    time_s: moment.time_s,
    severity: amount >= 0.5 ? 'high' : amount >= 0.2 ? 'medium' : 'low',
    explanation: `${element.element} ${words[kind]}${other === null ? '' : ` ${other.element}`} (${share})`,
  };
}
