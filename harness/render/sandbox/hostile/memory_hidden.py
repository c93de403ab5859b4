"""Memory that belongs to no process: anonymous files and System V segments."""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
try:
    os.memfd_create("hidden")
    print("memfd allowed")
except PermissionError:
    print("memfd refused")
segment = libc.shmget(0, 100_000_000, 0o1600)
print("shmget allowed" if segment >= 0 else "shmget refused")
