"""Runs a program, and carries what it says to a port of this sandbox's own loopback over a unix socket: forward.py SOCKET PORT PROGRAM ..."""

import socket
import subprocess
import sys
import threading


def carry(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    finally:
        try:
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def serve(listener, path):
    while True:
        inside, _ = listener.accept()
        outside = socket.socket(socket.AF_UNIX)
        outside.connect(path)
        for source, target in ((inside, outside), (outside, inside)):
            threading.Thread(target=carry, args=(source, target), daemon=True).start()


path, port, *program = sys.argv[1:]
with socket.create_server(("127.0.0.1", int(port))) as listener:
    threading.Thread(target=serve, args=(listener, path), daemon=True).start()
    sys.exit(subprocess.run(program).returncode)
