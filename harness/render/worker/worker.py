"""Runs one Manim scene inside the sandbox: `check` (construct with animations skipped) or `render`.

Reads job.json and scene.py in the working folder; writes result.json and, for a render, video.mp4 and
geometry.json. The process has run model code by the time it writes, so whoever reads these files must
treat them as self-reported.
"""

import json
import os
import signal
import sys
import types

SCENE_FILE = os.path.abspath("scene.py")
MODULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "modules")


def write_json(name, value):
    """Written beside and renamed, so that a reader never sees half a file."""
    with open(name + ".part", "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=True, allow_nan=False)
    os.replace(name + ".part", name)


def leave(result):
    """Ends the process at once: threads that model code left behind must not keep it alive."""
    write_json("result.json", result)
    os._exit(0)


def load_scene(source):
    """Runs scene.py as the module `scene`; compiled here so that errors carry its own file name."""
    module = types.ModuleType("scene")
    module.__file__ = SCENE_FILE
    sys.modules["scene"] = module
    exec(compile(source, SCENE_FILE, "exec"), module.__dict__)
    return module


def find_scene_class(module, name):
    from manim import Scene
    from scene_errors import SceneProblem

    found = getattr(module, name, None)
    if isinstance(found, type) and issubclass(found, Scene):
        return found
    others = [
        key
        for key, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Scene) and value.__module__ == "scene"
    ]
    there = f"The scene classes there are: {', '.join(others[:5])}." if others else "It has no scene class."
    raise SceneProblem("no_scene_class", f"The file has no scene class named {name}. {there}")


def run(job, source):
    """Loads the scene and runs it on the stage of the operation; raises whatever it raises."""
    import stage

    stage.configure(job)
    stage.seed()
    module = load_scene(source)
    scene_class = find_scene_class(module, job["class_name"])
    # Model code may have changed the settings while it was loaded; size and rate are the job's.
    stage.configure(job)
    return stage.perform(scene_class, job, source)


def main():
    import scene_errors

    with open("job.json", encoding="utf-8") as file:
        job = json.load(file)
    with open(SCENE_FILE, encoding="utf-8") as file:
        source = file.read()
    sys.path.insert(0, MODULES)

    def out_of_time(_signal, frame):
        leave({"ok": False, "error": scene_errors.describe_cpu_limit(frame, SCENE_FILE, source, job)})

    signal.signal(signal.SIGPROF, out_of_time)
    signal.setitimer(signal.ITIMER_PROF, job["cpu_seconds"])
    try:
        outcome = run(job, source)
    except BaseException as error:
        leave({"ok": False, "error": scene_errors.describe(error, SCENE_FILE, source)})
    leave({"ok": True, **outcome})


if __name__ == "__main__":
    main()
