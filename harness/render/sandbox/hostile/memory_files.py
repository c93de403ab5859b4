"""Fills every file system that may lie in memory; says how many MB each one took."""

import json


def fill(path):
    written = 0
    try:
        with open(path, "wb", buffering=0) as file:
            while written < 600:
                written += file.write(b"x" * 1_000_000) / 1_000_000
    except OSError:
        pass
    return written


folders = ["/tmp", "/dev/shm", "/dev", "", "/var/tmp", "/run", "/etc", "/var"]
print(json.dumps({folder: fill(folder + "/fill") for folder in folders}))
