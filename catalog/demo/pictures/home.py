"""Candles, scents, boxes and gifts, drawn."""

from catalog.demo.pictures.canvas import (
    BLACK,
    BRASS,
    CREAM,
    WHITE,
    Canvas,
    arc,
    at,
    box,
    mix,
    smooth,
)

_FLAME = (244, 176, 74)


def _flame(c: Canvas, x: float, y: float) -> None:
    c.line([(x, y), (x, y - 36)], (70, 60, 54), 7)
    c.fill(
        smooth(
            [
                (x, y - 128),
                (x + 26, y - 66),
                (x + 16, y - 30),
                (x, y - 20),
                (x - 16, y - 30),
                (x - 26, y - 66),
            ]
        ),
        _FLAME,
        0,
    )
    c.fill(
        smooth([(x, y - 88), (x + 12, y - 55), (x, y - 28), (x - 12, y - 55)]), (255, 238, 190), 0
    )


def candle(c: Canvas) -> None:
    """A candle in a glass."""
    _glass(c, 330, 670)
    _flame(c, 500, 402)
    _label(c, 400, 600)


def large_candle(c: Canvas) -> None:
    """A wide candle with three wicks."""
    _glass(c, 235, 765)
    for x in (370, 500, 630):
        _flame(c, x, 402)
    _label(c, 390, 610)


def _glass(c: Canvas, left: float, right: float) -> None:
    middle, half = (left + right) / 2, (right - left) / 2
    c.fill(box(left, 380, right, 800, 40), mix(c.base, WHITE, 0.35), 0.8)
    c.fill(arc((middle, 386), (half, 34), 0, 360), mix(c.base, WHITE, 0.6), 0)
    c.fill(arc((middle, 400), (half - 16, 24), 0, 360), (250, 240, 218), 0)
    c.line([(left + 30, 440), (left + 30, 740)], mix(c.base, WHITE, 0.75), 12)


def _label(c: Canvas, left: float, right: float) -> None:
    c.fill(box(left, 540, right, 700, 8), CREAM, 0.3)
    c.outline(box(left + 12, 552, right - 12, 688, 4), BRASS, 3)
    c.line([(left + 45, 605), (right - 45, 605)], (110, 92, 74), 6)
    c.line([(left + 65, 640), (right - 65, 640)], (170, 152, 132), 5)


def diffuser(c: Canvas) -> None:
    """A bottle with reeds."""
    for lean in (-110, -70, -30, 20, 65, 115):
        c.line([(500 + lean * 0.18, 480), (500 + lean, 175)], (196, 164, 118), 9)
    c.fill(box(460, 420, 540, 500, 10), (150, 112, 72), 0.8)
    c.fill(box(360, 480, 640, 800, 44), mix(c.base, WHITE, 0.55), 0.7)
    c.fill(box(376, 600, 624, 786, 34), c.base, 0.6)
    c.line([(390, 530), (390, 740)], WHITE, 11)
    c.fill(box(425, 590, 575, 720, 8), CREAM, 0.3)
    c.fill(smooth(at("500,612 535,640 500,690 465,640")), (222, 190, 70), 0.5)


def sachets(c: Canvas) -> None:
    """Three linen bags tied with ribbon."""
    for x, y, tone in ((345, 40, c.light), (655, 50, c.dark), (500, 90, c.base)):
        c.fill(
            smooth(
                [
                    (x - 120, 560 + y),
                    (x, 540 + y),
                    (x + 120, 560 + y),
                    (x + 135, 650 + y),
                    (x + 110, 715 + y),
                    (x, 725 + y),
                    (x - 110, 715 + y),
                    (x - 135, 650 + y),
                ]
            ),
            tone,
        )
        c.fill(
            smooth(
                [
                    (x - 62, 535 + y),
                    (x - 86, 445 + y),
                    (x - 30, 470 + y),
                    (x, 440 + y),
                    (x + 32, 470 + y),
                    (x + 84, 445 + y),
                    (x + 62, 535 + y),
                ]
            ),
            tone,
            0.6,
        )
        c.line([(x - 70, 545 + y), (x + 70, 545 + y)], (132, 104, 160), 17)
        for lean in (-26, 0, 26):
            c.line([(x + lean * 0.4, 650 + y), (x + lean, 600 + y)], (120, 150, 104), 5)
            c.stud(x + lean, 596 + y, 11, (150, 124, 184))


def gift_box(c: Canvas) -> None:
    """A box with a ribbon."""
    ribbon = c.base
    paper = (244, 236, 222)
    c.fill(box(235, 470, 765, 800, 10), paper, 0.9)
    c.fill(box(210, 400, 790, 490, 12), mix(paper, WHITE, 0.4), 0.7)
    c.fill(box(455, 400, 545, 800), ribbon, 0.8)
    c.line([(212, 492), (788, 492)], mix(paper, BLACK, 0.22), 5)
    for side in (-1, 1):
        c.fill(
            smooth(
                [
                    (500, 395),
                    (500 + side * 90, 280),
                    (500 + side * 190, 262),
                    (500 + side * 205, 340),
                    (500 + side * 110, 392),
                ]
            ),
            ribbon,
            0.7,
        )
        c.fill(
            smooth(
                [
                    (500 + side * 40, 378),
                    (500 + side * 105, 312),
                    (500 + side * 160, 308),
                    (500 + side * 120, 360),
                ]
            ),
            c.deep,
            0,
        )
    c.fill(box(462, 345, 538, 410, 20), c.dark, 0.6)


def gift_card(c: Canvas) -> None:
    """A card in its envelope."""
    c.fill(box(190, 420, 810, 790, 18), mix(c.base, BLACK, 0.2), 0.6)
    c.fill(box(240, 290, 760, 640, 20), CREAM, 0.4)
    c.outline(box(262, 312, 738, 618, 10), BRASS, 4)
    c.fill(
        smooth(at("500,420 530,385 580,390 590,440 500,520 410,440 420,390 470,385")),
        c.base,
        0.6,
    )
    c.line([(390, 565), (610, 565)], (170, 152, 132), 6)
    c.fill(
        at("190,470 500,660 810,470 810,780 795,790 205,790 190,780"),
        c.base,
        0.7,
    )
    c.line(at("195,475 500,662 805,475"), c.dark, 4)
    c.stud(500, 690, 36, (168, 52, 46))


def glasses_case(c: Canvas) -> None:
    """A hard case with glasses before it."""
    c.fill(box(160, 400, 840, 640, 110))
    c.line([(175, 522), (825, 522)], c.deep, 6)
    c.stitches([(200, 490), (800, 490)])
    c.fill(box(465, 485, 535, 575, 16), c.dark, 0.6)
    c.stud(500, 548, 12)
    frame = (52, 44, 40)
    for x in (385, 615):
        c.fill(arc((x, 715), (92, 66), 0, 360), (176, 194, 198), 0.6)
        c.line(arc((x, 715), (92, 66), 0, 360), frame, 14)
    c.line(arc((500, 708), (26, 18), 180, 360), frame, 13)
    for side in (-1, 1):
        c.line([(500 + side * 205, 690), (500 + side * 262, 660)], frame, 13)


def tray(c: Canvas) -> None:
    """A tray with keys and coins."""
    c.fill(
        smooth(at("160,560 230,520 770,520 840,560 790,760 500,785 210,760")),
        c.dark,
    )
    c.fill(
        smooth(at("215,575 290,548 710,548 785,575 740,720 500,742 260,720")),
        c.light,
        0.8,
    )
    c.stitches(smooth(at("178,585 225,742 500,766 775,742 822,585"), closed=False))
    for x, y in ((205, 548), (795, 548), (232, 752), (768, 752)):
        c.stud(x, y, 13)
    c.ring((420, 630), (40, 26), 9)
    c.line([(455, 640), (560, 670)], (190, 192, 196), 16)
    c.line([(545, 666), (538, 690)], (190, 192, 196), 12)
    for x, y in ((610, 610), (648, 632)):
        c.stud(x, y, 25, (206, 170, 92))


def jewel_box(c: Canvas) -> None:
    """An open box for rings and chains."""
    c.fill(box(240, 260, 760, 520, 34), c.dark)
    c.fill(box(265, 285, 735, 505, 22), CREAM, 0.5)
    c.fill(box(225, 500, 775, 790, 34))
    c.fill(at("255,505 745,505 725,575 275,575"), mix(CREAM, c.base, 0.2), 0.4)
    for y in (522, 545):
        c.line([(285, y), (480, y)], mix(CREAM, BLACK, 0.15), 9)
    c.stud(350, 528, 15)
    c.stud(420, 528, 13, (214, 218, 222))
    c.line(smooth(at("560,300 575,420 620,455 665,420 680,300"), closed=False), BRASS, 5)
    c.stud(620, 460, 14, (178, 54, 60))
    c.stitches(box(245, 600, 755, 770, 22))
    c.stud(500, 640, 15)


def phone_pouch(c: Canvas) -> None:
    """A pouch on a strap with the phone showing."""
    c.strap(smooth(at("385,430 380,220 500,105 620,220 615,430"), closed=False), 16)
    c.fill(box(378, 330, 622, 700, 34), (38, 40, 44), 0.4)
    c.fill(box(390, 344, 610, 640, 24), (96, 132, 158), 0.6)
    c.fill(box(355, 460, 645, 810, 40))
    c.stitches(box(372, 477, 628, 793, 28))
    c.fill(box(355, 600, 645, 810, 40), c.light, 0.6)
    c.stitches([(372, 620), (628, 620)])
    for x in (372, 628):
        c.ring((x, 476), (12, 12), 6)
