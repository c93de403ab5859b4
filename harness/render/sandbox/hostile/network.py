"""Tries to reach a listener on the host, the world, a name server, and rarer kinds of sockets."""

import json
import socket
import sys

port, abstract, path = int(sys.argv[1]), sys.argv[2], sys.argv[3]
reached = []


def attempt(name, family, kind, address, protocol=0):
    try:
        with socket.socket(family, kind, protocol) as end:
            end.settimeout(0.5)
            if kind == socket.SOCK_DGRAM:
                end.sendto(b"hello", address)
            elif address is not None:
                end.connect(address)
            reached.append(name)
    except OSError:
        pass


stream, packets = socket.SOCK_STREAM, socket.SOCK_DGRAM
attempt("loopback", socket.AF_INET, stream, ("127.0.0.1", port))
attempt("loopback 6", socket.AF_INET6, stream, ("::1", port))
attempt("world", socket.AF_INET, stream, ("192.0.2.1", 80))
attempt("world by packets", socket.AF_INET, packets, ("192.0.2.1", 53))
attempt("abstract socket", socket.AF_UNIX, stream, "\0" + abstract)
attempt("socket file", socket.AF_UNIX, stream, path)
attempt("raw", socket.AF_INET, socket.SOCK_RAW, None, socket.IPPROTO_ICMP)
attempt("packet", socket.AF_PACKET, socket.SOCK_RAW, None)
attempt("vsock", socket.AF_VSOCK, stream, None)
attempt("alg", socket.AF_ALG, socket.SOCK_SEQPACKET, None)
try:
    socket.getaddrinfo("example.org", 80)
    reached.append("names")
except OSError:
    pass
print(json.dumps(reached))
