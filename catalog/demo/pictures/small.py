"""Wallets and small leather goods, drawn."""

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


def bifold(c: Canvas) -> None:
    """A folded wallet, a little open."""
    c.fill(at("215,400 800,345 815,700 230,760"), c.deep, 0.5)
    c.fill(at("235,385 790,372 795,690 240,735"), CREAM, 0.3)
    c.fill(box(190, 400, 790, 770, 34))
    c.stitches(box(208, 418, 772, 752, 24))
    c.line([(196, 430), (196, 740)], c.dark, 10)
    c.fill(box(620, 690, 740, 722, 8), c.dark, 0.5)


def compact(c: Canvas) -> None:
    """A small wallet with a snap."""
    c.fill(box(270, 360, 730, 780, 40), c.dark)
    c.fill(smooth(at("268,365 500,352 732,365 735,560 640,610 500,618 360,610 265,560")))
    c.stitches(smooth(at("290,555 370,588 500,596 630,588 710,555"), closed=False))
    c.stitches(smooth(at("290,740 310,758 500,760 690,758 710,740"), closed=False))
    c.fill(box(466, 570, 534, 680, 26), c.light, 0.6)
    c.stud(500, 648, 17)


def long_wallet(c: Canvas) -> None:
    """A long wallet with a zip on three sides."""
    c.fill(box(150, 400, 850, 760, 34))
    around = at("850,425 850,735 825,760 175,760 150,735")
    c.line([(165, 412), (835, 412)], c.deep, 15)
    c.stitches([(165, 412), (835, 412)], (226, 202, 140), 5)
    c.line(around[:2], c.deep, 13)
    c.stitches(around[:2], (226, 202, 140), 4)
    c.stitches(box(176, 446, 824, 738, 22))
    c.line([(838, 418), (880, 470)], BRASS, 9)
    c.strap([(880, 470), (905, 560)], 22, c.dark)
    c.fill(box(440, 570, 560, 612, 10), c.dark, 0.5)


def card_holder(c: Canvas) -> None:
    """A flat holder with cards showing."""
    for top, tone in ((330, (224, 216, 200)), (365, (176, 190, 196)), (400, (214, 178, 142))):
        c.fill(box(240, top, 760, 600, 26), tone, 0.5)
    c.fill(box(215, 430, 785, 790, 34))
    edge = smooth(at("215,575 350,580 500,612 650,580 785,575"), closed=False)
    c.fill([*edge, *box(215, 600, 785, 790, 34)[41:123]], c.light, 0.8)
    c.line(edge, c.deep, 5)
    c.stitches(at("233,600 233,756 250,772 750,772 767,756 767,600"))


def coin_purse(c: Canvas) -> None:
    """A purse that clicks."""
    c.fill(smooth(at("285,430 500,415 715,430 800,600 740,760 500,795 260,760 200,600")))
    for x, lean in ((400, -40), (500, 0), (600, 40)):
        c.line(smooth([(x, 455), (x + lean * 0.6, 560), (x + lean, 660)], closed=False), c.dark, 4)
    c.line(
        smooth(at("275,445 300,395 500,378 700,395 725,445"), closed=False),
        mix(BRASS, BLACK, 0.3),
        30,
    )
    c.line(
        smooth(at("275,443 300,394 500,377 700,394 725,443"), closed=False),
        BRASS,
        23,
    )
    c.line(smooth(at("300,390 500,373 700,390"), closed=False), mix(BRASS, WHITE, 0.6), 5)
    c.stud(478, 352, 25)
    c.stud(524, 352, 25)


def passport(c: Canvas) -> None:
    """A passport in its cover, with a boarding pass."""
    c.fill(at("330,215 640,195 660,520 350,540"), CREAM, 0.4)
    c.line([(365, 260), (600, 246)], (150, 160, 170), 7)
    c.line([(368, 290), (540, 280)], (190, 196, 202), 6)
    c.fill(box(300, 300, 720, 800, 30))
    c.line([(316, 312), (316, 790)], c.dark, 8)
    c.stitches(box(336, 320, 702, 782, 20))
    globe = (520, 500)
    for rx in (82, 34):
        c.line(arc(globe, (rx, 82), 0, 360), (226, 196, 120), 5)
    c.line([(438, 500), (602, 500)], (226, 196, 120), 5)
    c.line(arc((520, 470), (70, 14), 0, 180), (226, 196, 120), 4)
    c.line(arc((520, 530), (70, 14), 180, 360), (226, 196, 120), 4)
    c.line([(455, 660), (585, 660)], (226, 196, 120), 7)


def notebook(c: Canvas) -> None:
    """A leather notebook with a cord."""
    c.fill(box(296, 230, 734, 800, 16), c.deep, 0.3)
    c.fill(box(290, 222, 722, 784, 12), CREAM, 0.3)
    c.fill(box(270, 210, 708, 786, 26))
    c.line([(296, 220), (296, 776)], c.dark, 6)
    c.stitches(box(322, 232, 688, 764, 16))
    c.line([(600, 212), (600, 785)], c.deep, 9)
    c.line([(602, 212), (602, 785)], c.dark, 3)
    c.line(smooth(at("470,784 478,830 462,868"), closed=False), (168, 62, 52), 8)
    c.fill(box(400, 430, 530, 500, 8), c.dark, 0.4)


def pen_roll(c: Canvas) -> None:
    """Three pens in a rolled case."""
    for x, tone in ((400, (52, 60, 84)), (500, (150, 48, 44)), (600, (60, 92, 70))):
        c.line([(x, 250), (x, 560)], tone, 30)
        c.line([(x - 6, 262), (x - 6, 540)], mix(tone, WHITE, 0.35), 5)
        c.line([(x, 330), (x, 342)], BRASS, 30)
    c.fill(box(300, 420, 700, 800, 30))
    c.fill(
        smooth(at("300,425 500,455 700,425 700,520 500,545 300,520")),
        c.light,
        0.7,
    )
    c.stitches(box(318, 540, 682, 782, 20))
    c.line([(300, 640), (700, 640)], c.deep, 13)
    c.line(smooth(at("640,640 690,700 670,770"), closed=False), c.deep, 11)
    c.line(smooth(at("640,640 730,670 745,735"), closed=False), c.deep, 11)
    c.stud(640, 640, 18, c.dark)


def bookmark(c: Canvas) -> None:
    """A bookmark with a tassel, on an open book."""
    page = (250, 245, 235)
    c.fill(at("140,470 500,500 500,800 140,770"), page, 0.4)
    c.fill(at("860,470 500,500 500,800 860,770"), mix(page, (190, 176, 156), 0.25), 0.4)
    for step in range(7):
        y = 530 + step * 32
        c.line([(185, y - 6), (455, y + 18)], (206, 197, 184), 4)
        c.line([(545, y + 18), (815, y - 6)], (198, 188, 174), 4)
    c.fill(at("430,240 540,240 540,690 485,665 430,690"))
    c.stitches(at("446,256 524,256 524,662 485,645 446,662 446,256"))
    c.line(smooth(at("485,262 510,190 560,165"), closed=False), c.deep, 7)
    for lean in (-26, -12, 0, 12, 26):
        c.line([(566, 168), (584 + lean, 262)], c.light if lean % 24 else c.base, 8)
    c.stud(564, 168, 17, c.dark)


def album(c: Canvas) -> None:
    """A photo album with a picture on its cover."""
    c.fill(box(182, 310, 842, 800, 14), c.deep, 0.3)
    c.fill(box(176, 300, 830, 786, 10), (52, 48, 46), 0.2)
    c.fill(box(158, 290, 812, 784, 22))
    c.line([(215, 300), (215, 776)], c.dark, 8)
    c.fill(box(380, 410, 670, 640, 6), CREAM, 0.2)
    c.fill(box(398, 428, 652, 622, 3), (164, 196, 208), 0.4)
    c.fill(
        at("398,622 398,560 480,500 550,570 600,530 652,580 652,622"),
        (112, 140, 104),
        0.4,
    )
    c.stud(585, 475, 20, (240, 206, 120))
    c.line([(450, 700), (600, 700)], (226, 196, 120), 7)


def desk_pad(c: Canvas) -> None:
    """A desk pad with keyboard and cup."""
    c.fill(at("190,400 810,400 900,770 100,770"))
    c.stitches(at("203,414 797,414 880,756 120,756 203,414"))
    c.fill(at("325,500 640,500 662,640 300,640"), (226, 226, 224), 0.4)
    for row in range(3):
        y = 522 + row * 42
        for key in range(8):
            left = 328 - row * 7 + key * (38 + row * 1.6)
            c.fill(box(left, y, left + 27, y + 25, 5), (250, 250, 249), 0.2)
    c.fill(arc((750, 520), (62, 30), 0, 360), (206, 198, 188), 0.3)
    c.fill(smooth(at("708,455 792,455 784,520 750,536 716,520")), (250, 247, 242), 0.7)
    c.fill(arc((750, 456), (42, 14), 0, 360), (84, 56, 40), 0)
    c.line(arc((796, 484), (22, 20), -80, 90), (240, 236, 230), 9)


def key_knot(c: Canvas) -> None:
    """A knotted cord with keys."""
    c.ring((500, 245), (80, 80), 15)
    c.strap(
        smooth(
            at("485,320 430,420 560,500 590,590 500,640 410,590 440,500 570,420 515,320"),
            closed=False,
        ),
        44,
        c.base,
    )
    c.strap(smooth(at("470,625 440,700 450,800"), closed=False), 40, c.base)
    c.strap(smooth(at("530,625 560,700 550,790"), closed=False), 40, c.base)
    c.fill(box(462, 318, 538, 362, 14), BRASS, 0.8)


def heart(c: Canvas) -> None:
    """A padded heart on a ring."""
    c.ring((500, 225), (72, 72), 14)
    c.fill(box(474, 290, 526, 400, 10), c.dark)
    c.stud(500, 345, 9)
    c.fill(
        smooth(
            at(
                "500,480 570,395 690,390 755,490 720,610 610,720 500,800 390,720 280,610 "
                "245,490 310,390 430,395"
            )
        )
    )
    inner = smooth(
        at(
            "500,520 575,430 680,425 722,500 690,598 600,690 500,765 400,690 310,598 "
            "278,500 320,425 425,430"
        )
    )
    c.stitches([*inner, inner[0]])
    c.fill(smooth(at("310,480 340,432 395,425 360,462 330,515")), c.light, 0)


def earphones(c: Canvas) -> None:
    """A drop-shaped case on a clip."""
    c.ring((500, 215), (46, 60), 14)
    c.fill(box(476, 275, 524, 400, 10), c.dark)
    c.fill(smooth(at("500,360 640,400 720,540 690,710 500,790 310,710 280,540 360,400")))
    inner = smooth(at("500,385 622,420 694,545 668,692 500,762 332,692 306,545 378,420"))
    c.stitches([*inner, inner[0]])
    c.line(smooth(at("300,530 500,575 700,530"), closed=False), c.dark, 6)
    c.stud(500, 600, 18)
