"""Briefcases, sleeves and travel bags, drawn."""

from catalog.demo.pictures.canvas import BLACK, CREAM, WHITE, Canvas, arc, at, box, mix, smooth


def briefcase(c: Canvas) -> None:
    """A briefcase with two buckles."""
    c.strap(
        smooth(at("400,400 410,320 500,300 590,320 600,400"), closed=False),
        26,
        c.deep,
    )
    c.fill(box(170, 385, 830, 795, 36), c.dark)
    c.fill(smooth(at("172,390 500,382 828,390 830,560 800,620 500,634 200,620 170,560")))
    c.stitches(smooth(at("196,560 220,597 500,610 780,597 804,560"), closed=False))
    c.stitches(smooth(at("196,740 215,770 500,774 785,770 804,740"), closed=False))
    for x in (320, 680):
        c.fill(box(x - 22, 540, x + 22, 720, 12), c.deep, 0.6)
        c.buckle(x - 31, 640, x + 31, 688, 9)
        c.line([(x, 664), (x, 690)], (232, 204, 138), 5)


def slim_case(c: Canvas) -> None:
    """A slim document case with a zip."""
    c.strap(
        smooth(at("395,420 405,330 500,308 595,330 605,420"), closed=False),
        24,
        c.deep,
    )
    c.fill(box(165, 405, 835, 780, 26))
    c.line([(190, 440), (810, 440)], c.deep, 13)
    c.stitches([(190, 440), (810, 440)], (222, 196, 130), 4)
    c.fill(box(196, 560, 804, 760, 18), c.light, 0.7)
    c.stitches(box(210, 574, 790, 746, 12))
    c.fill(box(795, 425, 820, 500, 8), c.deep, 0.5)


def messenger(c: Canvas) -> None:
    """A wide flap on a broad strap."""
    c.strap(smooth(at("200,500 260,240 520,135 740,260 800,500"), closed=False), 40)
    c.fill(box(180, 450, 820, 790, 30), c.deep)
    c.fill(box(172, 430, 828, 705, 34))
    c.stitches(box(192, 450, 808, 685, 24))
    for x in (330, 670):
        c.fill(box(x - 24, 610, x + 24, 745, 10), c.dark)
        c.buckle(x - 32, 700, x + 32, 742, 9)


def sleeve(c: Canvas) -> None:
    """A laptop half out of its sleeve."""
    c.fill(box(225, 280, 775, 620, 24), (196, 199, 204), 0.8)
    c.fill(box(240, 295, 760, 610, 14), (222, 225, 229), 0.5)
    c.fill(box(195, 400, 805, 785, 30))
    c.fill(
        smooth(at("400,400 500,396 600,400 590,450 500,470 410,450")),
        (92, 92, 96),
        0,
    )
    c.stitches(box(213, 480, 787, 767, 22))
    c.fill(box(455, 620, 545, 690, 14), c.dark)
    c.stitches(box(464, 629, 536, 681, 9), width=2.4)


def laptop_bag(c: Canvas) -> None:
    """An elegant bag that takes a laptop."""
    c.strap(arc((500, 420), (150, 215), 180, 360), 22, c.deep)
    c.fill(box(190, 400, 810, 795, 34))
    c.fill(box(190, 560, 810, 795, 34), c.light, 0.9)
    c.stitches([(206, 580), (794, 580)])
    c.line([(215, 430), (785, 430)], c.deep, 12)
    c.stitches([(215, 430), (785, 430)], (222, 196, 130), 4)
    c.strap(arc((500, 440), (162, 220), 180, 360), 24)
    for x in (338, 662):
        c.fill(box(x - 17, 430, x + 17, 540, 10), c.dark)
        c.stud(x, 518, 8)
    c.fill(box(455, 640, 545, 670, 12), c.dark)


def duffel(c: Canvas) -> None:
    """A bag for two days away."""
    c.strap(arc((500, 470), (155, 215), 180, 360), 26, c.deep)
    c.fill(
        smooth(
            at(
                "150,600 185,490 330,445 500,438 670,445 815,490 850,600 840,735 790,790 "
                "500,798 210,790 160,735"
            )
        )
    )
    zipper = smooth(at("215,505 350,470 500,464 650,470 785,505"), closed=False)
    c.line(zipper, c.deep, 13)
    c.stitches(zipper, (222, 196, 130), 4)
    c.fill(box(300, 470, 345, 797, 6), c.dark)
    c.fill(box(655, 470, 700, 797, 6), c.dark)
    for x in (322, 677):
        c.stitches([(x - 13, 490), (x - 13, 785)], width=2.6)
        c.stitches([(x + 13, 490), (x + 13, 785)], width=2.6)
    c.strap(arc((500, 500), (178, 225), 180, 360), 28)
    c.fill(box(450, 262, 550, 300, 18), c.deep, 0.6)
    for points in (
        at("152,690 235,735 250,795 180,780"),
        at("848,690 765,735 750,795 820,780"),
    ):
        c.fill(smooth(points), c.dark)


def trolley(c: Canvas) -> None:
    """A cabin case on wheels."""
    metal = (188, 192, 196)
    for x in (430, 570):
        c.line([(x, 130), (x, 330)], mix(metal, BLACK, 0.2), 15)
        c.line([(x - 3, 130), (x - 3, 330)], mix(metal, WHITE, 0.5), 5)
    c.strap([(415, 130), (585, 130)], 32, c.deep)
    for x in (335, 665):
        c.fill(arc((x, 800), (26, 26), 0, 360), (46, 44, 44), 0)
        c.stud(x, 800, 12, metal)
    c.fill(box(285, 270, 715, 790, 46))
    for x in (395, 500, 605):
        c.line([(x, 292), (x, 770)], c.dark, 4)
    for y in (330, 700):
        c.fill(box(278, y, 722, y + 44, 10), c.dark)
        c.stitches([(286, y + 8), (714, y + 8)], width=2.6)
        c.stitches([(286, y + 36), (714, y + 36)], width=2.6)
        c.buckle(470, y - 6, 530, y + 50, 9)
    c.strap(arc((500, 285), (62, 42), 180, 360), 20, c.deep)


def wash_bag(c: Canvas) -> None:
    """A bag for the bathroom shelf."""
    c.strap(arc((800, 600), (75, 58), -90, 90), 20, c.deep)
    c.fill(
        smooth(
            at("190,560 240,460 500,440 760,460 810,560 805,740 770,785 500,792 230,785 195,740")
        )
    )
    c.fill(
        smooth(at("240,462 500,442 760,462 795,545 500,565 205,545")),
        c.light,
        0.6,
    )
    zipper = smooth(at("225,520 500,500 775,520"), closed=False)
    c.line(zipper, c.deep, 14)
    c.stitches(zipper, (222, 196, 130), 4)
    c.line([(775, 520), (790, 580)], (201, 163, 84), 9)
    c.stitches(smooth(at("215,730 240,762 500,770 760,762 785,730"), closed=False))


def tag(c: Canvas) -> None:
    """A luggage tag with its strap."""
    c.strap(
        smooth(at("500,335 420,220 450,130 550,130 580,220 500,335"), closed=False),
        20,
        c.deep,
    )
    c.fill([*arc((500, 380), (140, 100), 180, 360), (640, 770), (360, 770)])
    c.stitches([*arc((500, 382), (120, 82), 180, 360), (620, 750), (380, 750), (380, 382)])
    c.ring((500, 345), (22, 22), 9)
    c.fill(box(405, 450, 595, 700, 18), c.dark, 0.7)
    c.fill(box(420, 465, 580, 685, 10), CREAM, 0.3)
    for y, right in ((530, 560), (580, 560), (630, 520)):
        c.line([(440, y), (right, y)], (168, 158, 146), 5)
