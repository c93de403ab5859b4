/** A way in which a stem points at somebody's lesson instead of at the subject. */
export interface SourcePattern {
  name: string;
  pattern: RegExp;
}

const the = '\\b(the|this|our)';
const picture = '(graphs?|figure|diagram|image|picture|chart)';
const told =
  'shown|seen|demonstrated|depicted|visuali[sz]ed|introduced|presented|discussed|mentioned|highlighted|' +
  'reviewed|described|explained|illustrated|taught|covered';

function rule(name: string, source: string): SourcePattern {
  return { name, pattern: new RegExp(source, 'iu') };
}

/**
 * The rule of the audit: a stem refers to an outside source when one of these occurs in it. Only the stem is read. What
 * a dated or quoted source says (`as presented in the 2011 contest`, `in the example 'How many …'`) can be known without
 * a lesson and does not count.
 */
export const sourcePatterns: readonly SourcePattern[] = [
  rule('the video', `${the} video\\b`),
  rule('the syllabus', `${the} (syllabus|curriculum)\\b`),
  rule('the lesson', `${the} (lesson|lecture|course|tutorial|module)\\b`),
  rule('the presentation', `${the} ((graphical|visual) )?(presentation|slides?|breakdown)\\b`),
  rule(
    'part of a lesson',
    `${the} (\\w+ )?(warm-up|introduction|summary|recap|(?<!(conic|cross|golden) )section|chapter)\\b|['’]s introduction\\b|\\bprimer\\b`,
  ),
  rule('the topic', '\\b(in|by|from) (the|this) topic\\b'),
  rule('an animation', '\\banimat(ion|ed)\\b'),
  rule('a graph shown', `\\b${picture} (shown|above|below)\\b|\\bshown in the ${picture}\\b`),
  rule('as shown, told', `\\bas (${told})\\b(?! in the \\d{4})`),
  rule(
    'the example, analogy',
    `\\bthe (?!following)([\\w'’-]+ ){0,3}(examples?|analogy|simulation)\\b(?! ['"‘“])`,
  ),
];

/** Names of the patterns that a stem matches; empty when it refers to nothing outside. */
export function sourceReferences(stem: string): string[] {
  return sourcePatterns.filter(({ pattern }) => pattern.test(stem)).map(({ name }) => name);
}
