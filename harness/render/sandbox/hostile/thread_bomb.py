"""Starts as many threads as it gets, and says how many."""

import os
import threading
import time

count = 0
try:
    for count in range(5000):
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
except RuntimeError:
    pass
print(count, flush=True)
os._exit(0)
