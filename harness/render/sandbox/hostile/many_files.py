"""Many files of a permitted size."""

import time

for number in range(60):
    open(f"{number}.bin", "wb").write(b"x" * 10_000_000)
time.sleep(1000)
