/** Whether node_modules is what package-lock.json asks for. */
export function packagesReady(): boolean;
/** What is wrong with the project's Node, or an empty string. */
export function nodeProblem(): string;
