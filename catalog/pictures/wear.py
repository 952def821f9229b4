"""What is worn: belts, shoes, gloves and scarves, drawn."""

from math import pi, sin

from catalog.pictures.canvas import BLACK, BRASS, CREAM, WHITE, Canvas, Point, arc, box, mix, smooth


def _coil(turns: float, start: float, pitch: float) -> list[Point]:
    steps = round(turns * 60)
    angles = [360 * turns * step / steps for step in range(steps + 1)]
    return [
        arc((470, 545), ((r := start + pitch * angle / 360), r * 0.86), angle, angle)[0]
        for angle in angles
    ]


def belt(c: Canvas) -> None:
    """A rolled belt with its buckle."""
    coil = [*_coil(2.5, 95, 62), (620, 790), (760, 792)][:-2]
    c.line(coil, c.deep, 52)
    c.line(coil, c.base, 44)
    c.line(coil, c.light, 14)
    c.stitches(coil, width=2.4)
    end = coil[-1]
    c.fill(box(end[0] - 24, end[1] - 60, end[0] + 26, end[1] + 16, 8), c.dark)
    c.buckle(end[0] - 52, end[1] - 150, end[0] + 52, end[1] - 40, 17)
    c.line([(end[0], end[1] - 44), (end[0], end[1] - 154)], mix(BRASS, WHITE, 0.35), 11)


def braided(c: Canvas) -> None:
    """A rolled belt of braided strips."""
    coil = _coil(2.5, 95, 64)
    c.line(coil, c.deep, 52)
    for index in range(0, len(coil) - 4, 3):
        (ax, ay), (bx, by) = coil[index], coil[index + 4]
        out = ((ax - 470) * 0.075, (ay - 545) * 0.075)
        tone = c.light if index % 2 else c.base
        c.line([(ax - out[0], ay - out[1]), (bx + out[0], by + out[1])], tone, 15)
    end = coil[-1]
    c.fill(box(end[0] - 26, end[1] - 60, end[0] + 26, end[1] + 16, 8), c.dark)
    c.buckle(end[0] - 52, end[1] - 150, end[0] + 52, end[1] - 40, 17)
    c.line([(end[0], end[1] - 44), (end[0], end[1] - 154)], mix(BRASS, WHITE, 0.35), 11)


def _shoe(c: Canvas, move: float, lift: float, *, heel: bool = True) -> None:
    """The side of a shoe, toe to the right."""

    def at(points: list[Point]) -> list[Point]:
        return [(x + move, y + lift) for x, y in points]

    c.fill(
        smooth(
            at(
                [
                    (150, 640),
                    (160, 470),
                    (235, 440),
                    (330, 470),
                    (430, 520),
                    (600, 590),
                    (740, 630),
                    (775, 690),
                    (740, 715),
                    (165, 715),
                ]
            )
        )
    )
    c.fill(
        smooth(at([(190, 462), (250, 448), (335, 478), (420, 520), (330, 540), (215, 520)])),
        c.deep,
        0,
    )
    c.fill(box(150 + move, 706 + lift, 775 + move, 732 + lift, 12), (70, 48, 36), 0.3)
    if heel:
        c.fill(box(152 + move, 726 + lift, 290 + move, 764 + lift, 6), (58, 40, 30), 0.3)


def loafer(c: Canvas) -> None:
    """A loafer with its strap."""
    _shoe(c, 30, 20)
    c.fill(
        smooth([(440, 545), (520, 572), (560, 640), (520, 690), (470, 680), (450, 610)]),
        c.light,
        0.7,
    )
    c.stitches(smooth([(560, 592), (660, 640), (770, 668)], closed=False))
    c.fill(smooth([(415, 555), (470, 565), (440, 735), (370, 735)]), c.dark, 0.7)
    c.line([(416, 640), (444, 640)], c.deep, 7)


def derby(c: Canvas) -> None:
    """A lace-up shoe."""
    _shoe(c, 30, 20)
    c.fill(
        smooth([(300, 500), (400, 520), (520, 585), (500, 690), (420, 730), (330, 700)]),
        c.light,
        0.7,
    )
    c.stitches(smooth([(530, 590), (520, 670), (470, 728)], closed=False))
    for step in range(4):
        x, y = 375 + step * 36, 528 + step * 20
        c.line([(x - 10, y + 22), (x + 34, y - 8)], mix(c.deep, BLACK, 0.4), 9)
        c.stud(x - 12, y + 26, 6)
    c.stitches(smooth([(640, 622), (650, 690), (640, 730)], closed=False))


def ballet_flat(c: Canvas) -> None:
    """A flat shoe with a bow."""
    c.fill(
        smooth(
            [
                (165, 600),
                (200, 560),
                (300, 620),
                (450, 660),
                (600, 600),
                (700, 575),
                (800, 630),
                (835, 710),
                (780, 745),
                (190, 745),
                (150, 680),
            ]
        )
    )
    c.fill(
        smooth(
            [
                (200, 580),
                (250, 600),
                (400, 668),
                (560, 640),
                (640, 590),
                (560, 620),
                (430, 640),
                (290, 605),
            ]
        ),
        c.deep,
        0,
    )
    c.fill(box(158, 736, 832, 758, 11), (70, 48, 36), 0.3)
    c.line(
        smooth([(205, 575), (300, 622), (450, 662), (600, 602), (690, 578)], closed=False),
        c.dark,
        8,
    )
    for side in (-1, 1):
        c.fill(smooth([(650, 590), (650 + side * 70, 545), (650 + side * 82, 610)]), c.light, 0.6)
    c.stud(650, 590, 15, c.dark)


def slipper(c: Canvas) -> None:
    """A soft slipper for the house."""
    c.fill(
        smooth(
            [
                (160, 700),
                (190, 660),
                (420, 665),
                (640, 690),
                (830, 700),
                (840, 735),
                (500, 745),
                (170, 742),
            ]
        ),
        mix(c.base, WHITE, 0.5),
        0.4,
    )
    c.fill(
        smooth(
            [
                (400, 672),
                (430, 560),
                (540, 500),
                (680, 515),
                (800, 610),
                (845, 705),
                (800, 735),
                (560, 735),
                (430, 725),
            ]
        )
    )
    c.line(smooth([(402, 680), (432, 562), (540, 502)], closed=False), mix(c.base, WHITE, 0.55), 26)
    c.fill(box(160, 730, 842, 762, 15), (132, 86, 54), 0.4)
    c.stitches([(180, 744), (825, 744)], CREAM, 3)


def gloves(c: Canvas) -> None:
    """A pair of gloves, one over the other."""
    _hand(c, -95, -15, c.dark)
    _hand(c, 65, 15, c.base)


def _hand(c: Canvas, move: float, drop: float, tone: tuple[int, int, int]) -> None:
    fingers = ((400, 330, 24), (462, 270, 26), (530, 262, 26), (596, 312, 25))
    for x, top, half in fingers:
        c.fill(box(x - half + move, top + drop, x + half + move, 560 + drop, half), tone, 0.6)
    c.line(
        smooth(
            [(640 + move, 600 + drop), (706 + move, 520 + drop), (740 + move, 440 + drop)],
            closed=False,
        ),
        tone,
        54,
    )
    c.fill(
        smooth(
            [
                (374 + move, 470 + drop),
                (500 + move, 455 + drop),
                (622 + move, 470 + drop),
                (655 + move, 570 + drop),
                (620 + move, 690 + drop),
                (500 + move, 705 + drop),
                (385 + move, 690 + drop),
                (370 + move, 570 + drop),
            ]
        ),
        tone,
        0.7,
    )
    cuff = box(372 + move, 680 + drop, 632 + move, 790 + drop, 18)
    c.fill(cuff, mix(tone, BLACK, 0.18), 0.7)
    c.stitches([(384 + move, 700 + drop), (620 + move, 700 + drop)])
    for x, top, _ in fingers[:3]:
        c.line(
            [(x + 31 + move, max(top, 330) + 190 + drop), (x + 24 + move, 600 + drop)],
            mix(tone, BLACK, 0.3),
            4,
        )
    c.stud(502 + move, 742 + drop, 10)


def scarf(c: Canvas) -> None:
    """A folded scarf with its fringe."""
    for top, tone in ((560, c.dark), (470, c.base), (380, c.light)):
        c.fill(
            smooth(
                [
                    (200, top + 20),
                    (500, top),
                    (800, top + 20),
                    (815, top + 90),
                    (790, top + 165),
                    (500, top + 185),
                    (210, top + 165),
                    (185, top + 90),
                ]
            ),
            tone,
        )
    for step in range(15):
        x = 322 + step * 13
        c.line([(x, 760), (x - 3 + (step % 3) * 3, 835)], c.dark if step % 2 else c.base, 6)
    c.fill([(310, 385), (520, 380), (515, 765), (315, 765)], c.light)
    for y in range(410, 760, 34):
        c.line([(313, y), (517, y)], mix(c.light, c.base, 0.7), 6)
    for x in range(335, 515, 34):
        c.line([(x, 386), (x, 763)], mix(c.light, c.base, 0.45), 4)


def snood(c: Canvas) -> None:
    """A knitted loop."""
    c.fill(arc((500, 520), (320, 250), 0, 360), c.dark)
    c.fill(arc((500, 470), (215, 120), 0, 360), c.deep, 0.4)
    c.fill([*arc((500, 480), (318, 235), 0, 180), *arc((500, 470), (215, 120), 180, 0)])
    for step in range(13):
        turn = 8 + step * 13.6
        outer, inner = (
            arc((500, 480), (312, 228), turn, turn)[0],
            arc((500, 470), (220, 126), turn, turn)[0],
        )
        c.line(
            smooth(
                [outer, ((outer[0] + inner[0]) / 2 + 14, (outer[1] + inner[1]) / 2), inner],
                closed=False,
            ),
            c.dark,
            7,
        )
        c.line(
            smooth(
                [outer, ((outer[0] + inner[0]) / 2 - 6, (outer[1] + inner[1]) / 2), inner],
                closed=False,
            ),
            c.light,
            4,
        )


def silk_square(c: Canvas) -> None:
    """A silk square, folded in three corners, with irises."""
    c.fill([(500, 190), (820, 500), (500, 812), (180, 500)], c.dark, 0.6)
    c.fill([(500, 235), (775, 500), (500, 766), (225, 500)], CREAM, 0.3)
    c.fill([(500, 262), (748, 500), (500, 738), (252, 500)], c.base, 0.8)
    for x, y in ((500, 500), (500, 358), (500, 642), (375, 500), (625, 500)):
        _flower(c, x, y)
    c.fill([(500, 812), (330, 646), (560, 690)], c.light, 0.8)


def _flower(c: Canvas, x: float, y: float) -> None:
    petal = mix(c.base, WHITE, 0.72)
    for lean in (-1, 1):
        c.fill(
            smooth(
                [
                    (x, y + 18),
                    (x + lean * 44, y - 4),
                    (x + lean * 52, y + 30),
                    (x + lean * 24, y + 38),
                ]
            ),
            petal,
            0.3,
        )
    c.fill(smooth([(x, y + 22), (x - 18, y - 26), (x, y - 48), (x + 18, y - 26)]), petal, 0.3)
    c.line([(x, y + 16), (x, y + 52)], petal, 7)
    c.line([(x - 22, y + 30), (x + 22, y + 30)], BRASS, 6)


def dog_collar(c: Canvas) -> None:
    """A collar with its tag."""
    c.line(arc((500, 480), (285, 165), 150, 390), c.deep, 60)
    c.line(arc((500, 500), (290, 180), 0, 360), c.dark, 58)
    c.line(arc((500, 505), (290, 182), 12, 168), c.base, 60)
    c.stitches(arc((500, 487), (280, 176), 14, 166))
    c.stitches(arc((500, 527), (298, 184), 14, 166))
    c.buckle(655, 575, 765, 660, 14)
    c.ring((470, 722), (20, 20), 8)
    c.stud(470, 790, 52)
    wave = [(440 + step * 6, 790 + 5 * sin(step * pi / 3)) for step in range(11)]
    c.line(wave, mix(BRASS, BLACK, 0.35), 5)
