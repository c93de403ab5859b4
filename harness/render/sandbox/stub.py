"""The first, trusted step of every job: drop what was inherited by accident, set hard limits, become the program.

Called as: python3 -I -S -c <this text> FAILURE_FD NAME=VALUE,... PROGRAM [ARGUMENT ...]
FAILURE_FD closes on exec; a message on it is the only sign that the program did not start, and no program can forge it.
"""

import os
import resource
import signal
import sys

failure_fd = int(sys.argv[1])
os.closerange(3, failure_fd)
os.closerange(failure_fd + 1, 65536)
os.set_inheritable(failure_fd, False)
try:
    for pair in sys.argv[2].split(","):
        name, value = pair.split("=")
        kind = getattr(resource, "RLIMIT_" + name)
        hard = resource.getrlimit(kind)[1]
        wanted = int(value) if hard == resource.RLIM_INFINITY else min(int(value), hard)
        resource.setrlimit(kind, (wanted, wanted))
    os.umask(0o022)
    # Python ignores these two, and what is ignored stays so in the next program.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    os.execvp(sys.argv[3], sys.argv[3:])
except Exception as error:
    os.write(failure_fd, f"{sys.argv[3]}: {error}".encode())
    os._exit(127)
