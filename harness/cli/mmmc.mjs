#!/usr/bin/env node
// The launcher. Plain JavaScript, because the Node that starts it may be too old for the rest.

const major = Number(process.versions.node.split('.')[0]);

if (major >= 24) {
  const [{ enableCompileCache }, { cacheFolder }] = await Promise.all([
    import('node:module'),
    import('../setup/paths.mjs'),
  ]);
  enableCompileCache(`${cacheFolder()}/compile-cache`);
  await import('./main.ts');
} else {
  const [{ projectNode }, { handOver }] = await Promise.all([
    import('../setup/paths.mjs'),
    import('../setup/hand-over.mjs'),
  ]);
  const node = projectNode();
  if (node === process.execPath) {
    process.stderr.write(
      `mmmc needs Node 24 or newer and was started by ${process.versions.node}.\nType npm run setup in the clone, or install a newer Node.\n`,
    );
    process.exitCode = 4;
  } else {
    process.exitCode = await handOver([node, ...process.argv.slice(1)]);
  }
}
