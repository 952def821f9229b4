"""Bags and backpacks, drawn."""

from catalog.demo.pictures.canvas import CREAM, Canvas, arc, at, box, mix, smooth


def top_handle(c: Canvas) -> None:
    """A structured bag with two handles."""
    c.strap(arc((500, 400), (150, 190), 180, 360), 24, c.deep)
    body = smooth(at("235,400 500,388 765,400 800,600 805,770 500,790 195,770 200,600"))
    c.fill(body)
    c.strap(arc((500, 420), (165, 195), 180, 360), 26)
    c.fill(box(318, 405, 352, 500, 10), c.dark)
    c.fill(box(648, 405, 682, 500, 10), c.dark)
    for x in (335, 665):
        c.ring((x, 412), (15, 15), 7)
        c.stud(x, 478, 8)
    c.stitches(smooth(at("222,745 500,765 778,745"), closed=False))
    c.stitches(smooth(at("250,425 500,415 750,425"), closed=False))
    c.fill(box(462, 560, 538, 600, 10), c.dark)
    c.stud(500, 580, 10)


def crossbody(c: Canvas) -> None:
    """A flap bag on a long strap."""
    c.strap(smooth(at("245,480 270,250 500,135 730,250 755,480"), closed=False), 22)
    c.fill(box(215, 450, 785, 790, 70), c.dark)
    flap = smooth(at("212,450 500,440 788,450 785,590 690,672 500,700 310,672 215,590"))
    c.fill(flap)
    inner = smooth(at("235,472 500,464 765,472 762,582 680,652 500,678 320,652 238,582"))
    c.stitches([*inner, inner[0]])
    c.stitches(smooth(at("240,700 262,757 500,768 738,757 760,700"), closed=False))
    for x in (245, 755):
        c.ring((x, 468), (17, 17), 8)
    c.fill(box(478, 640, 522, 735, 14), c.deep, 0.5)
    c.stud(500, 700, 14)


def mini(c: Canvas) -> None:
    """A small upright bag for a phone."""
    c.strap(smooth(at("340,400 350,230 500,120 650,230 660,400"), closed=False), 15)
    c.fill(box(320, 370, 680, 800, 46))
    c.fill(box(320, 370, 680, 540, 46), c.light)
    c.stitches(box(338, 388, 662, 782, 34))
    c.stitches([(340, 522), (660, 522)])
    for x in (340, 660):
        c.ring((x, 388), (13, 13), 6)
    c.fill(box(480, 500, 520, 590, 12), c.dark)
    c.stud(500, 566, 11)


def crescent(c: Canvas) -> None:
    """A half moon under the arm."""
    c.strap(smooth(at("190,470 300,260 500,190 700,260 810,470"), closed=False), 28)
    body = smooth(
        at("175,440 330,505 500,520 670,505 825,440 812,610 690,745 500,780 310,745 188,610")
    )
    c.fill(body)
    zipper = smooth(at("205,478 340,540 500,556 660,540 795,478"), closed=False)
    c.line(zipper, c.deep, 13)
    c.stitches(zipper, (222, 196, 130), 4)
    c.stitches(smooth(at("215,610 330,715 500,748 670,715 785,610"), closed=False))
    c.fill(box(196, 470, 214, 540, 8), c.dark)
    for x in (192, 808):
        c.ring((x, 455), (17, 17), 8)


def tote(c: Canvas) -> None:
    """A roomy open bag."""
    c.strap(arc((500, 400), (140, 240), 180, 360), 20, c.deep)
    c.fill(at("205,385 795,385 760,800 240,800"))
    c.strap(arc((500, 420), (150, 245), 180, 360), 22)
    for x in (350, 650):
        c.fill(box(x - 20, 400, x + 20, 490, 8), c.dark)
        c.stitches(box(x - 12, 410, x + 12, 480, 5), width=2.6)
    c.stitches([(212, 412), (788, 412)])
    c.stitches([(248, 775), (752, 775)])
    c.line([(282, 400), (302, 790)], c.dark, 3)
    c.line([(718, 400), (698, 790)], c.dark, 3)


def shopper(c: Canvas) -> None:
    """A canvas bag with leather handles."""
    tan = (150, 92, 52)
    c.strap(arc((500, 400), (140, 240), 180, 360), 20, mix(tan, (0, 0, 0), 0.3))
    c.fill(at("190,390 810,390 780,800 220,800"), light=0.7)
    weave = mix(c.base, CREAM, 0.28)
    for y in range(405, 800, 13):
        c.line([(200, y), (800, y)], weave, 1.6)
    c.fill(at("213,700 787,700 780,800 220,800"), tan, 0.8)
    c.stitches([(222, 716), (778, 716)], CREAM)
    c.strap(arc((500, 420), (150, 245), 180, 360), 22, tan)
    for x in (350, 650):
        c.fill(box(x - 18, 400, x + 18, 490, 8), tan)
        c.stud(x, 470, 7)


def bucket(c: Canvas) -> None:
    """A bucket bag with a drawstring."""
    c.strap(smooth(at("300,430 330,230 500,130 670,230 700,430"), closed=False), 20)
    body = smooth(at("270,400 500,420 730,400 752,600 735,785 500,805 265,785 248,600"))
    c.fill(body)
    c.fill(arc((500, 405), (230, 34), 0, 360), c.deep, 0)
    c.fill(smooth(at("256,690 500,715 744,690 735,785 500,805 265,785")), c.dark)
    c.stitches(smooth(at("262,702 500,727 738,702"), closed=False))
    for x in (310, 380, 450, 550, 620, 690):
        c.stud(x, 478 + 12 * (1 - abs(x - 500) / 200), 9)
    c.line(
        smooth(at("300,470 400,488 500,494 600,488 700,470"), closed=False),
        c.deep,
        8,
    )
    c.line(smooth(at("500,494 470,560 484,640"), closed=False), c.deep, 8)
    c.line(smooth(at("500,494 535,560 520,625"), closed=False), c.deep, 8)
    c.stud(484, 648, 13, c.dark)
    c.stud(520, 633, 13, c.dark)


def clutch(c: Canvas) -> None:
    """A slim envelope for the evening."""
    chain = smooth(at("230,420 300,260 520,215 720,280 770,420"), closed=False)
    c.line(chain, (150, 116, 52), 9)
    c.stitches(chain, (232, 204, 138), 8)
    c.fill(box(165, 400, 835, 760, 26))
    c.fill(at("168,410 832,410 510,640 490,640"), c.light, 0.9)
    c.line(at("172,414 492,640 508,640 828,414"), c.deep, 3)
    c.stitches(at("200,420 494,622 506,622 800,420"))
    c.stud(500, 612, 18)


def bowling(c: Canvas) -> None:
    """A rounded bag with a double zip."""
    c.strap(arc((500, 440), (135, 190), 180, 360), 24, c.deep)
    body = smooth(
        at("190,560 240,440 500,405 760,440 810,560 822,700 790,785 500,795 210,785 178,700")
    )
    c.fill(body)
    zipper = smooth(at("215,548 268,470 500,440 732,470 785,548"), closed=False)
    c.line(zipper, c.deep, 13)
    c.stitches(zipper, (222, 196, 130), 4)
    c.strap(arc((500, 470), (150, 200), 180, 360), 26)
    for x in (350, 650):
        c.fill(box(x - 19, 455, x + 19, 560, 12), c.dark)
        c.stud(x, 538, 8)
    for points in (
        at("178,690 260,720 285,793 210,785"),
        at("822,690 740,720 715,793 790,785"),
    ):
        c.fill(smooth(points), c.dark)
    for x in (270, 730):
        c.stud(x, 800, 11)


def hobo(c: Canvas) -> None:
    """A slouchy bag with a fringe."""
    c.strap(
        smooth(at("235,470 330,240 500,160 670,240 765,470"), closed=False),
        34,
        c.base,
    )
    c.fill(
        smooth(
            at("220,440 360,500 500,490 640,500 780,440 820,640 740,775 500,800 260,775 180,640")
        )
    )
    c.fill(
        smooth(at("222,442 360,500 500,490 640,500 778,442 770,540 500,585 230,540")),
        c.light,
    )
    for step in range(21):
        x = 270 + step * 23
        c.line(
            [(x, 560 + 18 * (1 - abs(x - 500) / 250)), (x + 4, 690)],
            c.dark if step % 2 else c.base,
            9,
        )
    c.ring((500, 545), (20, 20), 9)


def backpack(c: Canvas) -> None:
    """A rounded backpack with a front pocket."""
    c.strap(arc((500, 225), (62, 75), 180, 360), 20, c.deep)
    for side in (-1, 1):
        c.strap(
            smooth(
                [(500 + side * 190, 330), (500 + side * 292, 520), (500 + side * 235, 740)],
                closed=False,
            ),
            30,
            c.deep,
        )
    c.fill(
        smooth(
            at("300,270 400,215 500,208 600,215 700,270 735,500 730,760 500,805 270,760 265,500")
        )
    )
    flap = smooth(
        at("300,262 400,210 500,203 600,210 700,262 722,400 640,490 500,510 360,490 278,400")
    )
    c.fill(flap, c.light)
    c.stitches(smooth(at("295,390 365,470 500,490 635,470 705,390"), closed=False))
    c.fill(box(320, 560, 680, 765, 44), c.dark)
    c.stitches(box(336, 576, 664, 749, 34))
    for x in (410, 590):
        c.fill(box(x - 17, 470, x + 17, 620, 9), c.deep, 0.5)
        c.buckle(x - 23, 560, x + 23, 596, 7)


def rolltop(c: Canvas) -> None:
    """A canvas backpack that rolls shut."""
    tan = (150, 92, 52)
    for side in (-1, 1):
        c.strap(
            smooth(
                [(500 + side * 180, 330), (500 + side * 275, 520), (500 + side * 230, 740)],
                closed=False,
            ),
            28,
            mix(tan, (0, 0, 0), 0.3),
        )
    c.fill(smooth(at("290,300 500,285 710,300 730,540 722,770 500,800 278,770 270,540")))
    c.fill(box(262, 205, 738, 275, 34), c.light)
    c.fill(box(275, 255, 725, 320, 30), c.dark)
    for x in (400, 600):
        c.fill(box(x - 17, 200, x + 17, 470, 9), tan)
        c.buckle(x - 24, 380, x + 24, 420, 7)
    c.fill(box(318, 540, 682, 760, 36), c.dark, 0.8)
    c.fill(box(318, 540, 682, 610, 36), c.base, 0.8)
    c.stitches(box(332, 554, 668, 746, 28))
    c.fill(box(470, 585, 530, 640, 12), tan)
    c.stud(500, 622, 9)
