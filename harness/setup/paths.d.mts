/** The clone's top folder. */
export const projectFolder: string;
/** The venv with Manim, and the one that statistics are tested against. */
export type Venv = 'python' | 'statistics';
/** The file that pins every package of a venv. */
export function requirementsFile(venv: Venv): string;
/** What clones share: `MMMC_CACHE`, else /var/cache/mmmc as root, else ~/.cache/mmmc. */
export function cacheFolder(): string;
/** The folder of a venv (the one with Manim), named by its pins: other pins, other folder. */
export function pythonFolder(venv?: Venv): string;
/** Whether the venv is whole. */
export function pythonReady(venv?: Venv): boolean;
/** The Node to run the project with: the one npm brought, else the running one. */
export function projectNode(): string;
/** Whether a version of Node (the running one) is 24 or newer. */
export function nodeIsNewEnough(version?: string): boolean;
