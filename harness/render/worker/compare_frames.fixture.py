"""For the test: the frames of scene.py before encoding, drawn by plain Manim (`plain`) or by our stage (`stage`).

Prints JSON: the sha256 of each picture and how often it was written; for the stage also how far the decoded
video is from what was drawn, as the largest mean difference of a frame in gray levels.
"""

import hashlib
import json
import sys

sys.path.insert(0, "/trusted")

import av
import manim
import numpy as np
import stage
import worker
from manim.scene.scene_file_writer import SceneFileWriter

JOB = {"operation": "render", "class_name": "Lesson", "width": 854, "height": 480, "fps": 15}
written, drawn = [], []


def luma(rgba):
    """ITU-R BT.601, studio range: what the encoder is given."""
    return 16 + rgba[:, :, :3] @ np.array([65.481, 128.553, 24.966]) / 255


def record(writer_class):
    original = writer_class.write_frame

    def write_frame(self, frame, num_frames=1):
        written.append([hashlib.sha256(frame.tobytes()).hexdigest(), num_frames])
        drawn.extend([luma(frame)] * num_frames)
        original(self, frame, num_frames)

    writer_class.write_frame = write_frame


def furthest():
    with av.open("video.mp4") as video:
        # Luma as it comes: a conversion to rgba writes past its buffer at this width (PyAV 13).
        decoded = [frame.to_ndarray()[:480].astype(float) for frame in video.decode(video=0)]
    assert len(decoded) == len(drawn), (len(decoded), len(drawn))
    return max(float(np.abs(a - b).mean()) for a, b in zip(decoded, drawn))


source = open("scene.py", encoding="utf-8").read()
stage.configure(JOB)
stage.seed()
scene_class = worker.find_scene_class(worker.load_scene(source), "Lesson")
result = {}
if sys.argv[1] == "stage":
    record(stage.OneEncoder)
    stage.perform(scene_class, JOB, source)
    result["furthest"] = furthest()
else:
    record(SceneFileWriter)
    scene_class().render()
result["written"] = written
with open("frames.json", "w", encoding="utf-8") as file:
    json.dump(result, file)
