"""Opens for writing what lies outside its folder."""

import json
import os
import sys

written = []
folders = ["/", "/usr", "/usr/lib", "/etc", "/etc/fonts", "/var", "/root", "/home", "/dev", "/proc", "/sys", "/work/.."]
files = [os.path.join(folder, "planted") for folder in folders]
files += ["/usr/bin/python3", "/etc/fonts/fonts.conf", "/proc/self/oom_score_adj", "/proc/1/oom_score_adj"]
files += ["/proc/sys/kernel/core_pattern", "/proc/sys/vm/drop_caches", "/proc/sysrq-trigger", "/proc/self/uid_map"]
for path in files + sys.argv[1:]:
    for mode in ("r+b", "ab", "xb"):
        try:
            open(path, mode).close()
            written.append(path)
        except OSError:
            pass
print(json.dumps(written))
