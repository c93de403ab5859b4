"""Empty files without end, in folders below one another."""

import os

for outer in range(1000):
    os.makedirs(f"d{outer}/e")
    for inner in range(100):
        open(f"d{outer}/e/{inner}", "w").close()
