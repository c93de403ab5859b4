"""Files that are deleted but open: they fill the disk and lie in no folder."""

import os
import time

held = []
for number in range(40):
    file = open("held", "wb", buffering=0)
    os.remove("held")
    file.write(b"x" * 9_000_000)
    held.append(file)
time.sleep(1000)
