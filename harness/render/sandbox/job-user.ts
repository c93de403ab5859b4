/**
 * The user and group that jobs run as when the harness itself is root. Never root's own id: inside a user
 * namespace it would still own /proc/sys, and RLIMIT_NPROC would not hold for it.
 */
export const jobUser = 65_000;

export function harnessIsRoot(): boolean {
  return process.getuid?.() === 0;
}
