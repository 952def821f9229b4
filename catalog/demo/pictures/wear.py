"""What is worn: belts, shoes, gloves and scarves, drawn."""

from math import pi, sin

from catalog.demo.pictures.canvas import (
    BLACK,
    BRASS,
    CREAM,
    WHITE,
    Canvas,
    Point,
    arc,
    at,
    box,
    mix,
    smooth,
)


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


def _shoe(c: Canvas, *, heel: float) -> None:
    """The side of a shoe, toe to the right, its opening dark."""
    upper = smooth(
        at("176,690 168,560 186,462 262,452 350,486 450,548 600,592 730,624 806,668 824,716"),
        closed=False,
    )
    c.fill([*upper, (824, 726), (172, 726)])
    c.fill(smooth(at("202,474 262,462 340,490 418,536 320,532 222,512")), c.deep, 0)
    c.stitches(smooth(at("300,500 330,600 322,700"), closed=False))
    c.fill(box(164, 722, 832, 746, 12), (78, 52, 38), 0.3)
    if heel:
        c.fill([(168, 744), (312, 744), (300, 744 + heel), (174, 744 + heel)], (58, 40, 30), 0.3)


def loafer(c: Canvas) -> None:
    """A loafer with its strap."""
    _shoe(c, heel=26)
    apron = smooth(at("500,568 580,610 690,640 770,662"), closed=False)
    c.line(apron, c.dark, 6)
    c.stitches(smooth(at("505,582 580,624 690,654 766,676"), closed=False))
    strap = [*smooth(at("412,528 462,552 516,568"), closed=False), (486, 722), (376, 722)]
    c.fill(strap, c.dark, 0.8)
    c.stitches([(424, 545), (392, 712)], width=2.6)
    c.stitches([(502, 572), (472, 712)], width=2.6)
    c.line([(440, 610), (470, 618)], c.deep, 9)


def derby(c: Canvas) -> None:
    """A lace-up shoe."""
    _shoe(c, heel=34)
    facing = smooth(at("330,484 420,536 520,574 512,640 455,700"), closed=False)
    c.fill([*facing, (360, 722), (330, 600)], c.light, 0.7)
    c.stitches(smooth(at("508,584 500,638 444,694"), closed=False))
    for step in range(4):
        x, y = 382 + step * 34, 532 + step * 16
        c.line([(x - 14, y + 30), (x + 20, y - 10)], (30, 26, 24), 8)
        c.stud(x - 14, y + 32, 6)
    cap = smooth(at("668,612 650,660 664,718"), closed=False)
    c.line(cap, c.dark, 5)
    c.stitches([(x - 12, y) for x, y in cap])


def ballet_flat(c: Canvas) -> None:
    """A flat shoe with a bow."""
    rim = at("178,590 240,622 340,664 450,676 560,640 640,598")
    top = smooth(at("160,700 162,620 178,590"), closed=False)
    toe = smooth(at("640,598 720,606 806,660 838,734"), closed=False)
    c.fill(
        smooth(at("180,592 300,600 460,606 640,600 560,650 450,684 320,660")),
        c.deep,
        0,
    )
    c.fill([*top, *smooth(rim, closed=False), *toe, (838, 742), (162, 742)])
    c.line(smooth(rim, closed=False), c.dark, 9)
    c.fill(box(156, 736, 844, 758, 11), (78, 52, 38), 0.3)
    for side in (-1, 1):
        c.fill(smooth([(648, 604), (648 + side * 62, 562), (648 + side * 76, 618)]), c.light, 0.6)
    c.stud(648, 604, 15, c.dark)


def slipper(c: Canvas) -> None:
    """A soft slipper for the house."""
    c.fill(
        smooth(at("160,700 190,660 420,665 640,690 830,700 840,735 500,745 170,742")),
        mix(c.base, WHITE, 0.5),
        0.4,
    )
    c.fill(smooth(at("400,672 430,560 540,500 680,515 800,610 845,705 800,735 560,735 430,725")))
    c.line(smooth(at("402,680 432,562 540,502"), closed=False), mix(c.base, WHITE, 0.55), 26)
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
    thumb = at("560,560 640,520 690,462 736,452 748,498 706,590 640,670 580,680")
    c.fill(smooth([(x + move, y + drop) for x, y in thumb]), tone, 0.6)
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
    c.fill(at("310,385 520,380 515,765 315,765"), c.light)
    for y in range(410, 760, 34):
        c.line([(313, y), (517, y)], mix(c.light, c.base, 0.7), 6)
    for x in range(335, 515, 34):
        c.line([(x, 386), (x, 763)], mix(c.light, c.base, 0.45), 4)


def snood(c: Canvas) -> None:
    """A loop in a chunky knit."""
    c.fill(smooth(at("195,430 500,345 805,430 822,560 705,730 500,785 295,730 178,560")))
    c.fill(arc((500, 440), (238, 78), 0, 360), c.deep, 0.6)
    for row in range(7):
        sag, half = 535 + row * 38, 305 - row * row * 4.6
        line = smooth(
            [
                (500 - half, sag - 62),
                (500 - half * 0.5, sag),
                (500 + half * 0.5, sag),
                (500 + half, sag - 62),
            ],
            closed=False,
        )
        for x, y in line[2:-1:2]:
            c.line([(x - 9, y - 11), (x, y + 8), (x + 9, y - 11)], c.dark, 5)
    c.line(arc((500, 440), (238, 78), 0, 360), c.light, 17)
    c.stitches(arc((500, 440), (238, 78), 0, 360), c.dark, 7)


def silk_square(c: Canvas) -> None:
    """A silk square, folded in three corners, with irises."""
    c.fill(at("500,190 820,500 500,812 180,500"), c.dark, 0.6)
    c.fill(at("500,235 775,500 500,766 225,500"), CREAM, 0.3)
    c.fill(at("500,262 748,500 500,738 252,500"), c.base, 0.8)
    for x, y in ((500, 500), (500, 358), (500, 642), (375, 500), (625, 500)):
        _flower(c, x, y)
    c.fill(at("500,812 330,646 560,690"), c.light, 0.8)


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
