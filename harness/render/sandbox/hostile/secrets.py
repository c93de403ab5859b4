"""Looks everywhere for the canary's word, and for files of the host that are nobody's business."""

import json
import os

word = "canary-" + "of-the-host"
found = [name for name, value in os.environ.items() if word in value]
for pid in filter(str.isdigit, os.listdir("/proc")):
    for name in ("environ", "cmdline"):
        try:
            if word in open(f"/proc/{pid}/{name}", errors="replace").read():
                found.append(f"/proc/{pid}/{name}")
        except OSError:
            pass
for path in ("/etc/passwd", "/etc/shadow", "/root", "/home", "/run", "/sys", "/mnt", "/proc/1/root/root", "/var/log"):
    if os.path.lexists(path):
        found.append(path)
for folder, folders, names in os.walk("/"):
    # Programs and packages hold no secret, only a great deal to read.
    skipped = ("proc", "usr") if folder == "/" else ("site-packages",)
    folders[:] = [name for name in folders if name not in skipped]
    for path in (os.path.join(folder, name) for name in names):
        try:
            if os.path.isfile(path) and path != "/work/program.py":
                if word in open(path, errors="replace").read(100_000):
                    found.append(path)
        except OSError:
            pass
print(json.dumps(found))
