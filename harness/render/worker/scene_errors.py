"""Turns what a scene raised into the structured error of the renderer: kind, type, message, frames."""

import re
import traceback

MAX_MESSAGE = 4000
MAX_FRAMES = 20


class SceneProblem(Exception):
    """A cause that is no Python error of its own: no scene class, no animation, a font that is missing."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


class LatexError(ValueError):
    """Takes the place of Manim's ValueError, so that scenes that catch that one still do; reported under its name."""


def describe(error, scene_file, source):
    kind, name = classify(error, scene_file)
    return {
        "kind": kind,
        "type": name,
        "message": message_of(error),
        "frames": frames_of(error, scene_file, source),
    }


def classify(error, scene_file):
    name = str(type(error).__name__)[:200]
    if isinstance(error, SceneProblem):
        return error.kind, error.kind
    if isinstance(error, LatexError):
        return "latex", "ValueError"
    if isinstance(error, SyntaxError) and error.filename == scene_file:
        return "syntax", name
    if isinstance(error, ValueError) and "null bytes" in str(error):
        return "syntax", name
    if isinstance(error, MemoryError):
        return "killed:memory", name
    if not isinstance(error, Exception):
        return "crashed", name
    return "exception", name


def message_of(error):
    """The error's own words. `str` may run model code, which may raise in its turn."""
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
    except Exception as second:
        text = f"(its message could not be read: {type(second).__name__})"
    if isinstance(error, SystemExit):
        text = f"The scene ended the program itself: sys.exit({text})"
    return str(text).encode("utf-8", "replace").decode()[:MAX_MESSAGE]


def lines_of(source):
    """As Python counts them: `splitlines` ends a line at other characters too, which may stand in a text."""
    return re.split(r"\r\n|\r|\n", source)


def frame(line, function, lines):
    text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return {"line": max(line, 1), "function": str(function)[:200], "source": text[:500]}


def frames_of(error, scene_file, source):
    """Frames in the scene file, outermost first. An error raised elsewhere while another was handled
    may have none of its own; then those of its cause are taken."""
    lines = lines_of(source)
    if isinstance(error, SyntaxError) and error.filename == scene_file and error.lineno:
        return [frame(error.lineno, "<module>", lines)]
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        found = [
            frame(entry.lineno or 1, entry.name, lines)
            for entry in traceback.extract_tb(error.__traceback__)
            if entry.filename == scene_file
        ]
        if found:
            return shorten(found)
        error = error.__cause__ or error.__context__
    return []


def shorten(frames):
    """Endless recursion has a thousand frames: keep how it was entered and where it ended."""
    return frames if len(frames) <= MAX_FRAMES else frames[:5] + frames[5 - MAX_FRAMES :]


def describe_cpu_limit(at, scene_file, source, job):
    stack = [entry for entry in traceback.extract_stack(at) if entry.filename == scene_file]
    return {
        "kind": "killed:cpu",
        "type": "killed:cpu",
        "message": f"The scene used more than {job['cpu_seconds']:g} s of CPU time; it was last seen in the line shown.",
        "frames": shorten([frame(entry.lineno or 1, entry.name, lines_of(source)) for entry in stack]),
    }


def where_tex_stopped(lines, index):
    """TeX prints what it had read and, on the next line, what was left: of an argument, else of the file."""
    end = next((i for i in range(index, len(lines)) if re.match(r"l\.\d+", lines[i])), len(lines))
    inner = next((i for i in range(index, end) if lines[i].startswith("<argument>")), end)
    if inner >= len(lines):
        return "", ""
    before = re.sub(r"^(l\.\d+|<argument>)\s?", "", lines[inner]).strip()
    after = lines[inner + 1].strip() if inner + 1 < len(lines) else ""
    return before, after


def latex_message(log, document):
    """The readable part of a TeX log: each error line with the place where TeX stopped, and the source."""
    lines = log.splitlines()
    parts = []
    for index, line in enumerate(lines):
        if not line.startswith("!") or "Emergency stop" in line or "no output" in line:
            continue
        parts.append(line.lstrip("! ").replace("LaTeX Error: ", ""))
        before, after = where_tex_stopped(lines, index)
        if before or after:
            parts.append(f"TeX read up to `{before[-200:]}`; left to read: `{after[:200]}`")
    body = re.search(r"\\begin\{document\}(.*)\\end\{document\}", document, re.S)
    if body:
        parts.append(f"in: {body.group(1).strip()[:800]}")
    return "\n".join(parts[:12]) or "TeX failed without saying why."
