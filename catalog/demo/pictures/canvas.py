"""A small drawing board: smooth shapes, soft light, stitches and brass, twice as large as shown."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]
Colour = tuple[int, int, int]

SIZE = 800  # of the finished picture
_OVER = 2  # drawn larger and reduced: smooth edges
_UNIT = SIZE * _OVER / 1000  # shapes are drawn on a board of 1000 by 1000

BRASS: Colour = (201, 163, 84)
BRASS_DARK: Colour = (150, 116, 52)
CREAM: Colour = (247, 240, 228)
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (20, 16, 14)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return a colour between two others."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def at(points: str) -> list[Point]:
    """Read points as "x,y x,y": a drawing has many, and one line of them reads as one stroke."""
    pairs = (point.split(",") for point in points.split())
    return [(float(x), float(y)) for x, y in pairs]


def smooth(points: Sequence[Point], *, closed: bool = True) -> list[Point]:
    """Return a soft curve through the points."""
    count = len(points)
    spans = count if closed else count - 1
    found: list[Point] = []
    for span in range(spans):
        near = [points[_place(span + step, count, closed=closed)] for step in (-1, 0, 1, 2)]
        found += [_between(near, step / 14) for step in range(14)]
    return found if closed else [*found, points[-1]]


def _place(index: int, count: int, *, closed: bool) -> int:
    return index % count if closed else min(max(index, 0), count - 1)


def _between(near: Sequence[Point], at: float) -> Point:
    """Return a point of the Catmull-Rom curve between the two middle ones."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = near
    return _blend(ax, bx, cx, dx, at), _blend(ay, by, cy, dy, at)


def _blend(a: float, b: float, c: float, d: float, at: float) -> float:
    linear = (c - a) * at
    square = (2 * a - 5 * b + 4 * c - d) * at**2
    cube = (3 * b - a - 3 * c + d) * at**3
    return b + 0.5 * (linear + square + cube)


def arc(centre: Point, radius: Point, start: float, end: float) -> list[Point]:
    """Return points on an ellipse; degrees, clockwise, 0 is to the right."""
    steps = 40
    turns = [(start + (end - start) * step / steps) * pi / 180 for step in range(steps + 1)]
    return [(centre[0] + radius[0] * cos(t), centre[1] + radius[1] * sin(t)) for t in turns]


def box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> list[Point]:
    """Return a rectangle with round corners."""
    if radius <= 0:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    corners = (
        (right - radius, top + radius, 270),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90),
        (left + radius, top + radius, 180),
    )
    return [p for x, y, turn in corners for p in arc((x, y), (radius, radius), turn, turn + 90)]


class Canvas:
    """One object in one colour; tones of that colour are its light, dark, deep and thread."""

    def __init__(self, colour: Colour) -> None:
        self.base = colour
        self.light = mix(colour, WHITE, 0.16)
        self.dark = mix(colour, BLACK, 0.25)
        self.deep = mix(colour, BLACK, 0.45)
        self.thread = mix(colour, CREAM, 0.55)
        self._image = Image.new("RGBA", (SIZE * _OVER, SIZE * _OVER))
        self._draw = ImageDraw.Draw(self._image)

    def fill(
        self, points: Sequence[Point], colour: Colour | None = None, light: float = 1.0
    ) -> None:
        """Fill a shape, lit from above; `light` 0 leaves it flat."""
        placed = _placed(points)
        self._draw.polygon(placed, fill=(*(colour or self.base), 255))
        if light:
            self._shade(placed, light)

    def line(self, points: Sequence[Point], colour: Colour, width: float = 4) -> None:
        """Draw a line with round ends."""
        placed = _placed(points)
        thick = max(1, round(width * _UNIT))
        self._draw.line(placed, fill=(*colour, 255), width=thick, joint="curve")
        for x, y in (placed[0], placed[-1]):
            half = thick / 2 - 0.5
            self._draw.ellipse((x - half, y - half, x + half, y + half), fill=(*colour, 255))

    def outline(self, points: Sequence[Point], colour: Colour, width: float = 4) -> None:
        """Draw around a shape."""
        self.line([*points, points[0], points[1]], colour, width)

    def strap(
        self, points: Sequence[Point], width: float = 26, colour: Colour | None = None
    ) -> None:
        """Draw a strap: leather with a lighter middle, so that it looks round."""
        tone = colour or self.dark
        self.line(points, mix(tone, BLACK, 0.25), width)
        self.line(points, tone, width * 0.78)
        self.line(points, mix(tone, WHITE, 0.14), width * 0.24)

    def stitches(
        self, points: Sequence[Point], colour: Colour | None = None, width: float = 3.2
    ) -> None:
        """Sew along a line."""
        for start, end in _dashes(points, 13, 8):
            self.line([start, end], colour or self.thread, width)

    def ring(self, centre: Point, radius: Point, width: float = 9, colour: Colour = BRASS) -> None:
        """Draw a metal ring."""
        around = arc(centre, radius, 0, 360)
        self.line(around, mix(colour, BLACK, 0.3), width + 3)
        self.line(around, colour, width)
        self.line(arc(centre, radius, 200, 300), mix(colour, WHITE, 0.6), width * 0.35)

    def buckle(
        self, left: float, top: float, right: float, bottom: float, width: float = 11
    ) -> None:
        """Draw a metal frame."""
        frame = box(left, top, right, bottom, 12)
        self.outline(frame, BRASS_DARK, width + 3)
        self.outline(frame, BRASS, width)

    def stud(self, x: float, y: float, radius: float = 11, colour: Colour = BRASS) -> None:
        """Draw a metal button."""
        self.fill(arc((x, y), (radius, radius), 0, 360), mix(colour, BLACK, 0.35), 0)
        self.fill(arc((x, y), (radius * 0.82, radius * 0.82), 0, 360), colour, 0)
        shine = (x - radius * 0.25, y - radius * 0.3)
        self.fill(arc(shine, (radius * 0.3, radius * 0.25), 0, 360), mix(colour, WHITE, 0.7), 0)

    def finished(self) -> Image.Image:
        """Return the object in its final size, with transparent surroundings."""
        return self._image.reduce(_OVER)

    def _shade(self, placed: Sequence[Point], strength: float) -> None:
        """Let light fall from above onto a shape: brighter at its top, darker at its foot."""
        left, top = (max(0, int(min(axis))) for axis in zip(*placed, strict=True))
        right, bottom = (int(max(axis)) + 1 for axis in zip(*placed, strict=True))
        size = (max(1, right - left), max(1, bottom - top))
        inside = Image.new("L", size)
        moved = [(x - left, y - top) for x, y in placed]
        ImageDraw.Draw(inside).polygon(moved, fill=255)
        falling = Image.linear_gradient("L").resize(size)
        for tone, gradient, most in (
            (BLACK, falling, 78),
            (WHITE, ImageChops.invert(falling), 52),
        ):
            amount = gradient.point([round((v / 255) ** 1.6 * most * strength) for v in range(256)])
            layer = Image.new("RGBA", size, (*tone, 0))
            layer.putalpha(ImageChops.multiply(amount, inside))
            self._image.alpha_composite(layer, (left, top))


def _placed(points: Sequence[Point]) -> list[Point]:
    return [(x * _UNIT, y * _UNIT) for x, y in points]


def _dashes(points: Sequence[Point], long: float, gap: float) -> list[tuple[Point, Point]]:
    dashes: list[tuple[Point, Point]] = []
    left, start, drawing = long, points[0], True
    for one, other in pairwise(points):
        length, done = hypot(other[0] - one[0], other[1] - one[1]), 0.0
        while length - done >= left:
            done += left
            share = done / length
            here = (one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share)
            if drawing:
                dashes.append((start, here))
            drawing, start, left = not drawing, here, (gap if drawing else long)
        left -= length - done
    return dashes


def backdrop(tint: Colour) -> Image.Image:
    """Return a soft, lit wall and floor."""
    wall, edge = mix(tint, WHITE, 0.45), tint
    glow = Image.radial_gradient("L").resize((SIZE, SIZE))
    image = Image.composite(
        Image.new("RGB", (SIZE, SIZE), edge), Image.new("RGB", (SIZE, SIZE), wall), glow
    )
    floor = Image.new("L", (SIZE, SIZE))
    ImageDraw.Draw(floor).rectangle((0, SIZE * 0.8, SIZE, SIZE), fill=70)
    floor = floor.reduce(8).filter(ImageFilter.GaussianBlur(6)).resize((SIZE, SIZE))
    image.paste(mix(tint, BLACK, 0.12), (0, 0), floor)
    return image


def stand(thing: Image.Image, wall: Image.Image) -> Image.Image:
    """Put the object in front of the wall, with the shadow it throws."""
    thing = _centred(thing)
    shadow = thing.getchannel("A").reduce(8)
    near = shadow.filter(ImageFilter.GaussianBlur(2)).resize((SIZE, SIZE))
    far = shadow.filter(ImageFilter.GaussianBlur(7)).resize((SIZE, SIZE))
    picture = wall.copy()
    for blurred, (across, down), most in ((far, (14, 30), 0.34), (near, (4, 9), 0.3)):
        moved = ImageChops.offset(blurred, across, down).point(
            [round(v * most) for v in range(256)]
        )
        picture.paste((60, 44, 34), (0, 0), moved)
    picture.paste(thing, (0, 0), thing)
    return picture


def _centred(thing: Image.Image) -> Image.Image:
    """Move the object to where the eye rests, a little below the middle."""
    _, top, _, bottom = thing.getchannel("A").getbbox() or (0, 0, SIZE, SIZE)
    return ImageChops.offset(thing, 0, round(SIZE * 0.515 - (top + bottom) / 2))
