"""Looks for another job beside its own and does what it can to it; prints what it found. Its argument is a word."""

import ctypes
import json
import os
import socket
import sys

word, found = sys.argv[1], []
for folder, folders, names in os.walk("/"):
    if folder == "/":
        folders[:] = [name for name in folders if name not in ("proc", "usr", "var")]
    for path in (os.path.join(folder, name) for name in names):
        try:
            if os.path.isfile(path) and word in open(path, errors="replace").read(10_000):
                found.append(path)
        except OSError:
            pass
for place in ("/jobs", "/control", "/dev/pts", "/dev/shm", "/tmp"):
    found += [f"{place}/{name}" for name in os.listdir(place) if name != "ptmx"]
for pid in range(1, 1000):
    try:
        if pid not in (1, os.getpid()):
            os.kill(pid, 9)
            found.append(f"ended {pid}")
    except OSError:
        pass
if socket.socket(socket.AF_UNIX).connect_ex("\0" + word) == 0:
    found.append("its socket")
libc = ctypes.CDLL(None, use_errno=True)
for place in (b"/jobs", b"/control", b"/proc"):
    if libc.umount2(place, 2) == 0:
        found.append(f"unmounted {place.decode()}")
print(json.dumps(found))
