"""Sends SIGKILL to every process it can name."""

import os
import signal

for pid in [1, os.getppid(), *range(2, 40_000), -1]:
    if pid != os.getpid():
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
print("still here", flush=True)
