"""Many children, each of them modest."""

import os
import time

for _ in range(20):
    if os.fork() == 0:
        block = b"x" * 40_000_000
        time.sleep(1000)
    time.sleep(0.02)
time.sleep(1000)
