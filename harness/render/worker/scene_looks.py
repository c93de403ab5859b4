"""What one object of a scene says, where it stands and how it looks."""

import manim
import numpy as np
from manim import DecimalNumber, ImageMobject, MarkupText, Paragraph, SingleStringMathTex, Text

# A figure fainter than this was dimmed on purpose.
DIMMED = 0.3


def own_text(mobject):
    """What the mobject was made to say; None when it is no text of its own."""
    if isinstance(mobject, (Text, MarkupText)):
        return mobject.original_text
    if isinstance(mobject, SingleStringMathTex):
        return mobject.tex_string
    if isinstance(mobject, Paragraph):
        return mobject.lines_text.original_text
    if isinstance(mobject, DecimalNumber):
        return mobject._get_num_string(mobject.get_value())
    return None


def box_of(mobject):
    """[left, bottom, right, top] in Manim units over the ends of all curves; None where nothing has points.
    Handles lie outside the curve that they bend, so they are left out."""
    parts = []
    for member in mobject.get_family():
        points = member.points
        if len(points) == 0:
            continue
        step = getattr(member, "n_points_per_cubic_curve", 0)
        if step and len(points) >= step:
            parts.append(points[::step])
            parts.append(points[step - 1 :: step])
        else:
            parts.append(points)
    if not parts:
        return None
    every = np.concatenate(parts)[:, :2]
    low, high = every.min(axis=0), every.max(axis=0)
    box = [round(float(value), 3) for value in (*low, *high)]
    return box if np.isfinite(box).all() else None


def look_of(mobject):
    """Highest opacity of fill, stroke or picture in the family, and the colour of the part that has it."""
    opacity, color = 0.0, None
    for member in mobject.get_family():
        if isinstance(member, ImageMobject):
            opacity = max(opacity, float(member.pixel_array[..., 3].max()) / 255)
        for rgbas in (getattr(member, "fill_rgbas", None), getattr(member, "stroke_rgbas", None)):
            if rgbas is None or len(rgbas) == 0 or len(member.points) == 0:
                continue
            if rgbas is getattr(member, "stroke_rgbas", None) and member.stroke_width == 0:
                continue
            if rgbas[0][3] > opacity:
                opacity, color = float(rgbas[0][3]), rgbas[0][:3]
    if color is None:
        return round(opacity, 2), None
    return round(opacity, 2), "#" + "".join(f"{int(round(float(c) * 255)):02x}" for c in np.clip(np.nan_to_num(color), 0, 1))


def figures_in(mobject):
    """What is drawn and is no text, taken out of groups: how things are grouped changes nothing on the screen."""
    if own_text(mobject) is not None:
        return
    if type(mobject) in (manim.VGroup, manim.Group):
        for part in mobject.submobjects:
            yield from figures_in(part)
    elif look_of(mobject)[0] >= DIMMED:
        yield mobject
