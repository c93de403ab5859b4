"""What a renderer does: threads, child processes, ffmpeg, fonts, temporary files."""

import concurrent.futures
import multiprocessing
import subprocess
import tempfile


def square(number):
    return number * number


if __name__ == "__main__":
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        print(sum(threads.map(square, range(100))))
    with multiprocessing.Pool(2) as pool:
        print(sum(pool.map(square, range(100))))
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"x" * 1_000_000)
    print(subprocess.run(["fc-match", "serif"], capture_output=True, text=True, check=True).stdout != "")
    source = ["-f", "lavfi", "-i", "testsrc=size=320x180:rate=15:duration=1"]
    subprocess.run(["ffmpeg", "-v", "error", *source, "-pix_fmt", "yuv420p", "video.mp4"], check=True)
