"""Spoils its input, leaves a trace, and waits for ever."""

import os
import time

print(open("input.txt").read(), os.path.exists("trace"), flush=True)
os.remove("input.txt")
open("input.txt", "w").write("spoiled")
os.makedirs("trace/deep")
time.sleep(1000)
