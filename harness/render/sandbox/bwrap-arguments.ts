import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { shmBytes, tmpBytes } from './limits.ts';

/** What one sandbox shows: host paths by the path they get inside. */
export interface BwrapView {
  /** The job's folder on the host; `/work` inside, and the only place on disk that can be written to. */
  folder: string;
  readOnly: Readonly<Record<string, string>>;
  env: Readonly<Record<string, string>>;
}

/** Parts of the system that Python, ffmpeg, LaTeX and fontconfig need beside /usr; absent ones are left out. */
const systemFiles = [
  '/etc/fonts',
  '/etc/alternatives',
  '/etc/ld.so.cache',
  '/etc/texmf',
  '/var/lib/texmf',
  '/var/cache/fontconfig',
];

/** The whole environment inside, before a job's own additions. */
export const environment = {
  PATH: '/usr/bin:/bin',
  HOME: '/tmp',
  TMPDIR: '/tmp',
  USER: 'sandbox',
  LOGNAME: 'sandbox',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  PYTHONHASHSEED: '0',
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUNBUFFERED: '1',
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
};

/**
 * Arguments of bubblewrap 0.8 for one job, up to `--`. Order matters: a file system hides what was mounted below its
 * place before, and the last two lines freeze what bubblewrap itself made.
 */
export function bwrapArguments(view: BwrapView): string[] {
  return [
    '--disable-userns',
    ...isolation(),
    ...readOnlyBinds(view.readOnly),
    ...['--bind', view.folder, '/work', '--chdir', '/work'],
    ...setEnvironment({ ...environment, ...view.env }),
    ...['--remount-ro', '/proc', '--remount-ro', '/'],
  ];
}

/** What the sandbox of a warm process shows to it; each of its jobs then sees a part of that. */
export interface WarmView {
  /** Folder on the host that all job folders lie in; `/jobs` inside. */
  jobs: string;
  /** Folder with our own code and sockets; `/control` inside. */
  control: string;
  readOnly: Readonly<Record<string, string>>;
  /** Places that jobs may have a folder shown at, read-only. */
  places: readonly string[];
}

/**
 * The same for a warm process. Its jobs unshare again, so it may make user namespaces and its /proc is whole; it
 * runs no model code, and its jobs lose both before they begin.
 */
export function warmBwrapArguments(view: WarmView): string[] {
  return [
    ...isolation(),
    ...readOnlyBinds(view.readOnly),
    ...['--bind', view.jobs, '/jobs', '--ro-bind', view.control, '/control'],
    ...['/work', ...view.places].flatMap((place) => ['--perms', '0755', '--dir', place]),
    ...setEnvironment(environment),
    ...['--remount-ro', '/'],
  ];
}

function isolation(): string[] {
  return [
    ...['--unshare-user', '--uid', '1000', '--gid', '1000'],
    ...['--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup-try'],
    ...['--hostname', 'sandbox', '--new-session', '--die-with-parent', '--clearenv', '--cap-drop', 'ALL'],
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--size', String(shmBytes), '--perms', '1777', '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ...['--size', String(tmpBytes), '--perms', '1777', '--tmpfs', '/tmp'],
    ...['--ro-bind', '/usr', '/usr', ...rootFolders()],
  ];
}

function setEnvironment(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['--setenv', name, value]);
}

/** /bin and its like: links into /usr on a merged system, folders of their own on an older one. */
function rootFolders(): string[] {
  return ['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => {
    const entry = lstatSync(`/${name}`, { throwIfNoEntry: false });
    if (entry === undefined) return [];
    return entry.isSymbolicLink()
      ? ['--symlink', `usr/${name}`, `/${name}`]
      : ['--ro-bind', `/${name}`, `/${name}`];
  });
}

/** Each bind with the folders above it, which bubblewrap would otherwise make 0700. */
function readOnlyBinds(extra: Readonly<Record<string, string>>): string[] {
  const made = new Set(['/', '/usr', '/tmp']);
  const bind = (option: string, host: string, inside: string) => {
    const above = ancestors(inside).filter((folder) => !made.has(folder) && !folder.startsWith('/usr/'));
    for (const folder of above) made.add(folder);
    return [...above.flatMap((folder) => ['--perms', '0755', '--dir', folder]), option, host, inside];
  };
  return [
    ...systemFiles.flatMap((path) => bind('--ro-bind-try', path, path)),
    ...Object.entries(extra).flatMap(([host, inside]) => bind('--ro-bind', host, inside)),
  ];
}

/** `/a/b/c` -> `/a`, `/a/b`. */
function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === '/' ? [] : [...ancestors(parent), parent];
}
