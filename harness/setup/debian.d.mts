/** The lists of Debian packages under harness/setup/lists. */
export type ListName = 'base' | 'tex' | 'test';
/** Whether packages come by apt. */
export function isDebianLike(): boolean;
/** What is missing, by list: Debian packages, or programs on a system without dpkg. */
export function missingPackages(names: readonly ListName[]): Partial<Record<ListName, string[]>>;
/** Commands for a person to type that install what is missing. */
export function commandsToType(missing: Partial<Record<ListName, string[]>>): string[];
