"""Leaves a daemon that writes its heartbeat, and ends."""

import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() > 0:
        os._exit(0)
    while True:
        with open("heartbeat", "a") as file:
            file.write("x")
        time.sleep(0.01)
while not os.path.exists("heartbeat"):
    time.sleep(0.01)
