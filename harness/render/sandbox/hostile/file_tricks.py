"""Leaves everything that only looks like a video."""

import os
import socket

os.symlink("/etc/passwd", "link.mp4")
os.symlink("/etc", "folder_link")
os.symlink("link_to_itself", "link_to_itself")
os.mkfifo("fifo.mp4")
socket.socket(socket.AF_UNIX).bind("socket.mp4")
with open("sparse.mp4", "wb") as file:
    file.write(b"\0\0\0\x18ftypisom")
    file.truncate(100_000_000)
open("first.mp4", "wb").write(b"\0\0\0\x18ftypisom")
os.link("first.mp4", "second.mp4")
open("empty.mp4", "w").close()
open("playlist.mp4", "w").write("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")
open("big.mp4", "wb").write(b"\0\0\0\x18ftypisom" + b"x" * 3_000_000)
open("setuid.mp4", "wb").write(b"\0\0\0\x18ftypisom")
os.chmod("setuid.mp4", 0o4777)
os.mkdir("folder.mp4")
for name in (b"-rf", b"a\nb", b"a\x1b[31m", b"\xff\xfe", b"~", b"$(reboot)", b"*"):
    open(name, "w").close()
for path in ("/usr/bin/python3", "/etc/fonts/fonts.conf"):
    try:
        os.link(path, "outside.mp4")
        print("linked", path)
    except OSError:
        pass
try:
    os.mknod("device.mp4", 0o020666, os.makedev(1, 5))
    print("made a device")
except OSError:
    pass
for _ in range(60):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
open("deep", "w").close()
os.chdir("/work")
os.makedirs("closed/inner")
open("closed/inner/file", "w").close()
os.chmod("closed/inner", 0)
os.chmod("closed", 0)
print("done")
