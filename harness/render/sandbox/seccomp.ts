import { MmmcError } from '../../store/errors.ts';
import { refusedCalls, specialCalls } from './seccomp-table.ts';

/** One instruction of classic BPF: code, jump if true, jump if false, constant (linux/filter.h). */
type Instruction = readonly [code: number, yes: number, no: number, constant: number];

/** Offsets in struct seccomp_data (linux/seccomp.h). */
const field = { call: 0, architecture: 4, argument0: 16, argument1: 24 } as const;
const error = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 } as const;

const load = (offset: number): Instruction => [0x20, 0, 0, offset];
const ifEqual = (value: number, yes: number, no: number): Instruction => [0x15, yes, no, value];
const ifAtLeast = (value: number, yes: number, no: number): Instruction => [0x35, yes, no, value];
const ifAnyBit = (bits: number, yes: number, no: number): Instruction => [0x45, yes, no, bits];
const give = (answer: number): Instruction => [0x06, 0, 0, answer];
const refuse = (errno: number) => give(0x0005_0000 | errno);
const allow = give(0x7fff_0000);
const killProcess = give(0x8000_0000);

/** AUDIT_ARCH_* of linux/audit.h and the column of the table. */
const architectures: Partial<Record<NodeJS.Architecture, { audit: number; column: 0 | 1 }>> = {
  x64: { audit: 0xc000_003e, column: 0 },
  arm64: { audit: 0xc000_00b7, column: 1 },
};

/** Socket families that are of use without a network: AF_UNIX, AF_INET, AF_INET6, AF_NETLINK. */
const families = [1, 2, 10, 16] as const;
/** CLONE_NEWTIME, and all CLONE_NEW* from NEWNS to NEWNET (linux/sched.h). */
const namespaceFlags = 0x7e02_0000 | 0x80;
/** Requests that type into a terminal: TIOCSTI and TIOCLINUX. */
const typingRequests = [0x5412, 0x541c] as const;

/**
 * The system call filter of every job, as the bytes that `bwrap --seccomp` reads: a list of refused calls on top of
 * the namespaces, so that holes in rarely used parts of the kernel stay out of reach. Throws MmmcError
 * `no_sandbox` on a processor without a table.
 */
export function buildSeccompFilter(architecture: NodeJS.Architecture = process.arch): Buffer {
  const target = architectures[architecture];
  if (!target) {
    throw new MmmcError('no_sandbox', `no system call table for ${architecture}`, {
      exitCode: 4,
      hint: 'The sandbox works on x64 and arm64.',
    });
  }
  const { audit, column } = target;
  return encode([
    load(field.architecture),
    ifEqual(audit, 1, 0),
    killProcess,
    load(field.call),
    // x32 calls have numbers of their own and would slip past the table.
    ...(column === 0 ? [ifAtLeast(0x4000_0000, 0, 1), refuse(error.ENOSYS)] : []),
    // Its flags lie in memory, out of the filter's sight; ENOSYS makes libc fall back to clone.
    ifEqual(specialCalls.clone3[column], 0, 1),
    refuse(error.ENOSYS),
    ...socketRule(specialCalls.socket[column]),
    ...cloneRule(specialCalls.clone[column]),
    ...ioctlRule(specialCalls.ioctl[column]),
    ...Object.values(refusedCalls).flatMap((numbers) => refusedRule(numbers[column])),
    allow,
  ]);
}

function refusedRule(number: number | null): Instruction[] {
  return number === null ? [] : [ifEqual(number, 0, 1), refuse(error.EPERM)];
}

function socketRule(number: number): Instruction[] {
  const tests = families.map((family, index) => ifEqual(family, families.length - index, 0));
  const rule = [load(field.argument0), ...tests, refuse(error.EAFNOSUPPORT), allow];
  return [ifEqual(number, 0, rule.length), ...rule];
}

function cloneRule(number: number): Instruction[] {
  const rule = [load(field.argument0), ifAnyBit(namespaceFlags, 0, 1), refuse(error.EPERM), allow];
  return [ifEqual(number, 0, rule.length), ...rule];
}

function ioctlRule(number: number): Instruction[] {
  const [first, second] = typingRequests;
  const rule = [
    load(field.argument1),
    ifEqual(first, 1, 0),
    ifEqual(second, 0, 1),
    refuse(error.EPERM),
    allow,
  ];
  return [ifEqual(number, 0, rule.length), ...rule];
}

function encode(instructions: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(instructions.length * 8);
  instructions.forEach(([code, yes, no, constant], index) => {
    const at = index * 8;
    bytes.writeUInt16LE(code, at);
    bytes.writeUInt8(yes, at + 2);
    bytes.writeUInt8(no, at + 3);
    bytes.writeUInt32LE(constant >>> 0, at + 4);
  });
  return bytes;
}
