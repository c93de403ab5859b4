"""Prints what no terminal should get."""

import os

os.write(1, b"\xff\xfe\x00\x1b]0;title\x07\x1b[2J")
os.write(2, b"::error::forged\r\n\x80")
