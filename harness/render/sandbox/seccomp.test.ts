import { expect, it } from 'vitest';
import { buildSeccompFilter } from './seccomp.ts';
import { refusedCalls } from './seccomp-table.ts';

interface Call {
  audit: number;
  number: number;
  arguments?: readonly number[];
}

/** A small classic BPF machine with the instructions that the filter uses; gives the filter's answer. */
function decide(filter: Buffer, call: Call): number {
  const words = new Map([
    [0, call.number],
    [4, call.audit],
    ...(call.arguments ?? []).map((value, index) => [16 + 8 * index, value] as const),
  ]);
  let accumulator = 0;
  for (let at = 0; at < filter.length; at += 8) {
    const constant = filter.readUInt32LE(at + 4);
    const jump = (holds: boolean) => 8 * filter.readUInt8(at + (holds ? 2 : 3));
    const code = filter.readUInt16LE(at);
    if (code === 0x06) return constant;
    if (code === 0x20) accumulator = words.get(constant) ?? 0;
    else if (code === 0x15) at += jump(accumulator === constant);
    else if (code === 0x35) at += jump(accumulator >= constant);
    else if (code === 0x45) at += jump((accumulator & constant) !== 0);
    else throw new Error(`unknown instruction ${code}`);
  }
  throw new Error('the filter ended without an answer');
}

const allow = 0x7fff0000;
const errno = (number: number) => 0x50000 | number;
const [EPERM, ENOSYS, EAFNOSUPPORT] = [1, 38, 97];
const machines = [
  { name: 'x64', column: 0, audit: 0xc000003e, read: 0, socket: 41, clone: 56, ioctl: 16 },
  { name: 'arm64', column: 1, audit: 0xc00000b7, read: 63, socket: 198, clone: 220, ioctl: 29 },
] as const;

it.each(machines)('refuses on $name what it lists and lets ordinary calls pass', (machine) => {
  const { audit } = machine;
  const filter = buildSeccompFilter(machine.name);
  const answer = (number: number, ...values: number[]) =>
    decide(filter, { audit, number, arguments: values });
  for (const [name, numbers] of Object.entries(refusedCalls)) {
    const number = numbers[machine.column];
    if (number !== null) expect([name, answer(number)]).toEqual([name, errno(EPERM)]);
  }
  expect(answer(machine.read)).toBe(allow);
  expect(answer(435)).toBe(errno(ENOSYS));
  expect([1, 2, 10, 16].map((family) => answer(machine.socket, family))).toEqual([
    allow,
    allow,
    allow,
    allow,
  ]);
  expect([0, 17, 38, 40].map((family) => answer(machine.socket, family))).toEqual(
    Array(4).fill(errno(EAFNOSUPPORT)),
  );
  expect(answer(machine.clone, 0x01200011)).toBe(allow);
  expect([0x10000000, 0x20000, 0x40000000].map((flag) => answer(machine.clone, flag | 17))).toEqual(
    Array(3).fill(errno(EPERM)),
  );
  expect([0x5412, 0x541c, 0x5401].map((request) => answer(machine.ioctl, 0, request))).toEqual([
    errno(EPERM),
    errno(EPERM),
    allow,
  ]);
});

it('refuses the calls with a record of holes, and those that hide memory or make namespaces', () => {
  const names = [
    ...['ptrace', 'process_vm_readv', 'process_vm_writev', 'pidfd_getfd', 'keyctl', 'add_key', 'request_key'],
    ...['bpf', 'userfaultfd', 'perf_event_open', 'io_uring_setup', 'io_uring_enter', 'personality'],
    ...[
      'mount',
      'umount2',
      'pivot_root',
      'chroot',
      'fsopen',
      'move_mount',
      'mount_setattr',
      'unshare',
      'setns',
    ],
    ...[
      'open_by_handle_at',
      'init_module',
      'kexec_load',
      'memfd_create',
      'memfd_secret',
      'shmget',
      'msgget',
      'semget',
    ],
  ];
  expect(Object.keys(refusedCalls)).toEqual(expect.arrayContaining(names));
});

it('kills a process of another architecture and refuses the x32 calls', () => {
  const filter = buildSeccompFilter('x64');
  expect(decide(filter, { audit: 0x40000003, number: 3 })).toBe(0x80000000);
  expect(decide(filter, { audit: 0xc000003e, number: 0x40000000 })).toBe(errno(ENOSYS));
});

it('says so where it knows no system calls', () => {
  expect(() => buildSeccompFilter('riscv64')).toThrow('no system call table for riscv64');
});
