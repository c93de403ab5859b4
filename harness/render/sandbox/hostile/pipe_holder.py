"""Ends at once, and leaves a child that holds the output open."""

import os
import time

if os.fork() == 0:
    os.setsid()
    time.sleep(1000)
print("ended", flush=True)
os._exit(0)
