"""One file without end; says the error and the size."""

import os

try:
    with open("video.mp4", "wb", buffering=0) as file:
        while True:
            file.write(b"x" * 1_000_000)
except OSError as error:
    print(error.errno, os.path.getsize("video.mp4"))
