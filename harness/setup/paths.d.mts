/** The clone's top folder. */
export const projectFolder: string;
/** The file that pins every Python package. */
export const requirementsFile: string;
/** What clones share: `MMMC_CACHE`, else /var/cache/mmmc as root, else ~/.cache/mmmc. */
export function cacheFolder(): string;
/** The Python venv with Manim, named by its pins: other pins, other folder. */
export function pythonFolder(): string;
/** Whether the venv is whole. */
export function pythonReady(folder?: string): boolean;
/** The Node to run the project with: the one npm brought, else the running one. */
export function projectNode(): string;
/** Whether a version of Node (the running one) is 24 or newer. */
export function nodeIsNewEnough(version?: string): boolean;
