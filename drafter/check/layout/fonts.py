"""Font names → the faces of GB/T 9704: 仿宋_GB2312, FangSong, 华文仿宋 and 方正仿宋_GBK are all 仿宋."""

import re
from functools import cache

from drafter.model.words import Face

# The first that fits counts: 小标宋 and 仿宋 before 宋体, and 雅黑 is no 黑体.
_FACES: tuple[tuple[Face, str], ...] = (
    (Face.XIAOBIAOSONG, r"小标宋|xiaobiaosong|fzxbs|zhongsong|华文中宋|^xbs"),
    (Face.FANGSONG, r"仿宋|fangsong|simfang|fzfs|fandolfang"),
    (Face.KAITI, r"楷|kaiti|simkai|fzkt|fzkai|fandolkai|wenkai|ukai"),
    (Face.HEITI, r"^(?!.*雅黑).*(黑体|simhei|stheiti|heitisc|fzht|fzhei|fandolhei|思源黑|sourcehansans|notosanscjk|notosanssc)"),
    (Face.SONGTI, r"宋体|simsun|stsong|songtisc|书宋|fzshusong|fzss|fandolsong|思源宋|sourcehanserif|notoserifcjk|notoserifsc"),
)  # fmt: skip


@cache
def face_of(name: str | None) -> Face | None:
    """The face that a font name stands for; None where it is none of the standard's."""
    plain = re.sub(r"[\s\-@]", "", name or "").lower()
    return next((face for face, pattern in _FACES if re.search(pattern, plain)), None)


def is_times(name: str | None) -> bool:
    """Whether a font is the one in which offices commonly set Latin letters and digits."""
    return re.sub(r"[\s\-]", "", name or "").lower() in (
        "timesnewroman",
        "timesnewromanpsmt",
        "times",
        "liberationserif",
        "tinos",
    )
