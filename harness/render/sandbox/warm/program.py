"""Becomes a job's Python program in a process that was forked: what a fresh interpreter would have, it has."""

import atexit
import os
import random
import sys
import threading
import traceback
import types


def be(argv, env):
    """Runs `[script, *arguments]` as `__main__` in /work and ends the process as Python would. Never returns."""
    os.environ.clear()
    os.environ.update(env)
    os.chdir("/work")
    script = os.path.abspath(argv[0])
    sys.argv[:] = argv
    sys.path[0] = os.path.dirname(script)
    for own in ("isolate", "program"):
        sys.modules.pop(own, None)  # A job may have modules of these names.
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    code = run(script)
    try:
        threading._shutdown()
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        code = code or 120  # As Python does when its output cannot be written.
    os._exit(code & 255)


def run(script):
    module = types.ModuleType("__main__")
    module.__file__ = script
    sys.modules["__main__"] = module
    try:
        with open(script, "rb") as file:
            source = file.read()
        exec(compile(source, script, "exec"), module.__dict__)
        return 0
    except SystemExit as leave:
        return code_of(leave)
    except KeyboardInterrupt:
        return 130
    except BaseException as error:
        traceback.print_exception(type(error), error, error.__traceback__.tb_next)
        return 1


def code_of(leave):
    if leave.code is None:
        return 0
    if isinstance(leave.code, int):
        return leave.code
    print(leave.code, file=sys.stderr)
    return 1
