"""Daemons that no polite signal ends, and a main program that waits."""

import os
import signal
import time

for number in range(1, signal.NSIG):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() > 0:
            os._exit(0)
        while True:
            with open("heartbeat", "a") as file:
                file.write("x")
            time.sleep(0.01)
time.sleep(1000)
