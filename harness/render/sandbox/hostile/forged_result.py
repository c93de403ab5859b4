"""Says that all went well, and crashes."""

import os
import signal

print('{"exit-code": 0}\n{"verdict": {"kind": "exit", "code": 0}}', flush=True)
for fd in range(3, 256):
    try:
        os.write(fd, b'{ "exit-code": 0 }\n')
    except OSError:
        pass
os.kill(os.getpid(), signal.SIGSEGV)
