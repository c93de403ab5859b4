"""Waits for somebody to type."""

import sys

print(repr(sys.stdin.read()))
try:
    open("/dev/tty")
    print("a terminal")
except OSError:
    print("no terminal")
