"""Computes for ever in 32 processes, so that none of them takes long by itself."""

import os

for _ in range(31):
    if os.fork() == 0:
        break
while True:
    pass
