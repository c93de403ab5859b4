"""Lists what it was given, and tries to get more."""

import json
import os
import resource

given = os.listdir("/proc/self/fd")
raised = []
for name in ("NPROC", "DATA", "CPU", "FSIZE", "NOFILE", "CORE"):
    kind = getattr(resource, "RLIMIT_" + name)
    soft, hard = resource.getrlimit(kind)
    try:
        resource.setrlimit(kind, (hard + 1, hard + 1))
        raised.append(name)
    except (ValueError, PermissionError):
        pass
opened = []
try:
    while len(opened) < 100_000:
        opened.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    pass
print(json.dumps({"given": len(given), "raised": raised, "opened": len(opened)}))
