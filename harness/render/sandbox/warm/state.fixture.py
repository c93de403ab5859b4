"""Prints what a program is given beside its files, as JSON: a fork of a warm process must look like a fresh one."""

import json
import os
import resource
import signal
import sys
import threading

limits = [name for name in dir(resource) if name.startswith("RLIMIT_")]
numbers = [number for number in signal.valid_signals() if number not in (32, 33)]
state = {
    "argv": sys.argv,
    "main": [__name__, __file__, sorted(key for key in vars() if not key.startswith("__"))],
    "path": sys.path,
    "environment": dict(os.environ),
    "folder": os.getcwd(),
    "descriptors": sorted(os.listdir("/proc/self/fd")),
    "signals": [str(signal.getsignal(number)) for number in numbers],
    "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    "timers": [signal.getitimer(kind) for kind in (0, 1, 2)],
    "limits": {name: resource.getrlimit(getattr(resource, name)) for name in limits},
    "umask": os.umask(0o077),
    "threads": [thread.name for thread in threading.enumerate()],
    "user": [os.getuid(), os.getgid(), os.getgroups(), os.uname().nodename, os.nice(0)],
    "session": os.getsid(0) == os.getpid(),
    "recursion": sys.getrecursionlimit(),
    "streams": [str(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)],
    "own modules": [name for name in ("isolate", "program", "zygote") if name in sys.modules],
    "root": sorted(name for name in os.listdir("/") if name not in ("jobs", "control")),
    "processes": sorted(name for name in os.listdir("/proc") if name.isdigit()),
}
print(json.dumps(state))
