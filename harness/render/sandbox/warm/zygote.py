"""A warm process inside the sandbox: it imports once, and forks one isolated child for each job.

It reads JSON lines on its standard input (the settings first, then jobs) and answers on its standard output:
{"ready": ...} once, {"forked": ...} and {"ended": ...} for each job. It runs no model code itself, has one
thread and no signal handlers, and ends with its input.
"""

import base64
import gc
import importlib
import json
import os
import select
import signal
import socket

import isolate
import program


def resident_bytes():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def threads():
    return len(os.listdir("/proc/self/task"))


def stream(path, job, name):
    """An output stream of a job: a connection to the harness that begins with whose it is."""
    end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    end.connect(path)
    end.sendall(f"{job['id']} {name}\n".encode())
    return end


class Zygote:
    def __init__(self):
        self.answers = os.dup(1)
        os.dup2(2, 1)
        self.input = b""
        self.running = {}
        self.ids = os.getuid(), os.getgid()

    def say(self, **answer):
        os.write(self.answers, json.dumps(answer).encode() + b"\n")

    def read_line(self):
        while b"\n" not in self.input:
            chunk = os.read(0, 65536)
            if not chunk:
                os._exit(0)
            self.input += chunk
        line, self.input = self.input.split(b"\n", 1)
        return json.loads(line)

    def prepare(self):
        self.settings = self.read_line()
        self.filter = base64.b64decode(self.settings["filter"])
        for name in self.settings["modules"]:
            importlib.import_module(name)
        if threads() != 1:
            raise RuntimeError(f"{threads()} threads after the imports: a fork would lose them")
        gc.collect()
        gc.freeze()  # Keeps the collector of a child from touching, and so copying, what is shared.
        self.say(ready=True, resident_bytes=resident_bytes())

    def serve(self):
        while True:
            ready, _, _ = select.select([0, *self.running], [], [])
            for descriptor in ready:
                if descriptor != 0:
                    self.finish(descriptor)
            if 0 in ready:
                self.start(self.read_line())
                while b"\n" in self.input:
                    self.start(self.read_line())

    def start(self, job):
        path = self.settings["streams"]
        out, err = stream(path, job, "stdout"), stream(path, job, "stderr")
        words, told = os.pipe()
        pid = os.fork()
        if pid == 0:
            self.isolated(job, out.fileno(), err.fileno(), told)
        os.close(told)
        out.close()
        err.close()
        self.running[os.pidfd_open(pid)] = (job["id"], pid, words)
        self.say(forked=job["id"], pid=pid)

    def finish(self, descriptor):
        """`+` is written when the program begins; anything else means that it never did, and says why."""
        name, pid, words = self.running.pop(descriptor)
        os.close(descriptor)
        _, status, used = os.wait4(pid, 0)
        text = os.read(words, 4096).decode(errors="replace")
        os.close(words)
        code = os.waitstatus_to_exitcode(status)
        failure = None if text == "+" else text or "the job's first process ended early"
        code = 128 - code if code < 0 else code
        cpu_ms = (used.ru_utime + used.ru_stime) * 1000
        self.say(ended=name, code=code, failure=failure, cpu_ms=cpu_ms, resident_bytes=resident_bytes())

    def isolated(self, job, out, err, told):
        """The forked side; it never returns. Each generation waits for the next and passes its end on."""
        voice = told
        try:
            os.setsid()
            alive, held = os.pipe()
            isolate.unshare(self.settings, job, *self.ids)
            first = os.fork()
            if first:
                keep_only(held)
                os._exit(wait_for(first))
            os.close(held)
            isolate.confine(self.settings, job, alive)
            given(out, err, told)
            voice = 3
            isolate.filter_calls(self.filter)
            second = os.fork()
            if second:
                keep_only(0)
                os._exit(wait_for(second))
            os.write(3, b"+")
            os.close(3)
        except BaseException as error:
            os.write(voice, f"{type(error).__name__}: {error}".encode())
            os._exit(99)
        program.be(job["argv"], job["env"])


def given(out, err, told):
    """Nothing but null, the two streams, and, as 3 until the program begins, the pipe that says so."""
    for target, source in ((0, os.open("/dev/null", os.O_RDWR)), (1, out), (2, err), (3, told)):
        assert source >= target, (target, source)
        os.dup2(source, target)
    os.closerange(4, 65536)


def keep_only(kept):
    os.closerange(0, kept)
    os.closerange(kept + 1, 65536)


def wait_for(child):
    """Reaps whoever is left to it, until its own child ends."""
    while True:
        pid, status = os.wait()
        if pid == child:
            code = os.waitstatus_to_exitcode(status)
            return 128 - code if code < 0 else code


if __name__ == "__main__":
    os.closerange(3, 65536)
    signal.set_wakeup_fd(-1)
    zygote = Zygote()
    zygote.prepare()
    zygote.serve()
