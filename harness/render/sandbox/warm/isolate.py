"""Puts a forked process into namespaces of its own, inside the sandbox that the warm process already lives in.

Three generations: the first unshares and shows the job its files, its child is process 1 of the job's own
process namespace and sets every limit, and its child in turn becomes the job's program.
"""

import ctypes
import os
import resource
import select
import signal
import struct

libc = ctypes.CDLL(None, use_errno=True)

NAMESPACES = 0x10000000 | 0x20000 | 0x20000000 | 0x8000000 | 0x4000000 | 0x40000000 | 0x2000000  # linux/sched.h
READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC, REMOUNT, BIND = 1, 2, 4, 8, 32, 4096  # linux/mount.h
RECURSIVE, PRIVATE = 16384, 1 << 18
PARENT_DEATH_SIGNAL, SECCOMP, DROP_BOUND, NO_NEW_PRIVILEGES, AMBIENT = 1, 22, 24, 38, 47  # linux/prctl.h


def check(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def mount(source, target, kind, flags, data=None):
    encoded = [text and text.encode() for text in (source, target, kind, data)]
    source, target, kind, data = encoded
    check(libc.mount(source, target, kind, ctypes.c_ulong(flags), data), f"mount {target.decode()}")


def write(path, text):
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def unshare(settings, job, uid, gid):
    """The first generation: namespaces of its own, and a view with this job's files and no other's."""
    check(libc.unshare(NAMESPACES), "unshare")
    libc.prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    write("/proc/self/setgroups", "deny")
    write("/proc/self/uid_map", f"{uid} {uid} 1")
    write("/proc/self/gid_map", f"{gid} {gid} 1")
    quiet = NO_SUID | NO_DEVICES
    mount(None, "/", None, RECURSIVE | PRIVATE)
    mount("/jobs/" + job["folder"], "/work", None, BIND)
    for place, folder in job["read_only"].items():
        mount("/jobs/" + folder, place, None, BIND)
        mount(None, place, None, REMOUNT | BIND | READ_ONLY | quiet)
    for hidden in ("/jobs", "/control"):
        mount("tmpfs", hidden, "tmpfs", quiet | READ_ONLY, "size=4k,mode=0555")
    mount("tmpfs", "/tmp", "tmpfs", quiet, f"size={settings['tmp_bytes']},mode=1777")
    mount("tmpfs", "/dev/shm", "tmpfs", quiet, f"size={settings['shm_bytes']},mode=1777")
    mount("devpts", "/dev/pts", "devpts", NO_SUID | NO_EXEC, "newinstance,ptmxmode=0666,mode=620")


def confine(settings, job, alive):
    """The second generation, process 1 of the job: its own /proc, no rights, limits, and the filter last."""
    libc.prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if select.select([alive], [], [], 0)[0]:
        os._exit(1)  # The first generation ended before the line above.
    flags = NO_SUID | NO_DEVICES | NO_EXEC
    mount("proc", "/proc", "proc", flags)
    write("/proc/sys/user/max_user_namespaces", "0")
    mount(None, "/proc", None, REMOUNT | READ_ONLY | flags)
    drop_rights()
    os.umask(0o022)
    for name, value in job["limits"].items():
        resource.setrlimit(getattr(resource, "RLIMIT_" + name), (value, value))


def drop_rights():
    for capability in range(64):
        if libc.prctl(DROP_BOUND, capability, 0, 0, 0) != 0:
            break
    libc.prctl(AMBIENT, 4, 0, 0, 0)  # PR_CAP_AMBIENT_CLEAR_ALL
    header = struct.pack("Ii", 0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    check(libc.capset(header, bytes(24)), "capset")
    check(libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0), "no_new_privs")


class FilterProgram(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def filter_calls(instructions):
    program = FilterProgram(len(instructions) // 8, instructions)
    check(libc.prctl(SECCOMP, 2, ctypes.byref(program), 0, 0), "seccomp")
