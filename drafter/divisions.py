"""Administrative divisions of the state: which places there are, their level, and what lies above them.

The list is `catalog/common/places.csv` (code, name, level, parent). It is read once, and only when asked for.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

# Places of autonomous regions carry some of these names without 族.
_PEOPLE_NAMES = ["蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族", "瑶族", "白族", "土家族", "哈尼族", "哈萨克族", "傣族", "黎族", "傈僳族", "佤族", "畲族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜族", "土族", "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯族", "阿昌族", "普米族", "塔吉克族", "怒族", "鄂温克族", "德昂族", "保安族", "裕固族", "独龙族", "鄂伦春族", "门巴族", "珞巴族", "基诺族", "各族", "蒙古", "哈萨克", "柯尔克孜", "塔吉克", "锡伯", "维吾尔", "达斡尔"]  # fmt: skip
_PEOPLES = tuple(_PEOPLE_NAMES)


class Place(Struct, frozen=True):
    """A division. `level`: province, prefecture or county; `parent`: the code of what it lies in."""

    code: str
    name: str
    level: str
    parent: str


@cache
def _file() -> Path:
    packaged = Path(__file__).parent / "data" / "catalog"
    folder = packaged if packaged.is_dir() else Path(__file__).parents[1] / "catalog"
    return folder / "common" / "places.csv"


@cache
def _rows() -> str:
    return _file().read_text(encoding="utf-8")


@cache
def places() -> tuple[Place, ...]:
    """Every division, in the order of the codes."""
    rows = _rows().splitlines()[1:]
    return tuple(Place(*row.split(",")) for row in rows if row.count(",") == 3)


@cache
def by_code() -> Mapping[str, Place]:
    """Code → division."""
    return {place.code: place for place in places()}


@cache
def by_name() -> Mapping[str, tuple[Place, ...]]:
    """Full and usual short names (湘西自治州, 湘西州) → the divisions that bear them."""
    found: dict[str, list[Place]] = {}
    for place in places():
        for name in {place.name, *usual_names(place.name)}:
            found.setdefault(name, []).append(place)
    return {name: tuple(each) for name, each in found.items()}


def usual_names(name: str) -> set[str]:
    """The forms of an autonomous place's name that papers use beside the full one."""
    for word, short in (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("自治区", "")):
        if name.endswith(word):
            stem = name.removesuffix(word)
            bare = without_peoples(stem)
            return {bare + word, bare + short}
    return set()


def without_peoples(stem: str) -> str:
    """湘西土家族苗族 → 湘西: names of peoples are cut from the end while something is left."""
    cutting = True
    while cutting and stem.endswith(_PEOPLES):
        cutting = False
        for people in _PEOPLE_NAMES:
            if stem.endswith(people) and len(stem) - len(people) >= 2:
                stem, cutting = stem.removesuffix(people), True
                break
    return stem


def above(place: Place) -> tuple[Place, ...]:
    """What `place` lies in, from the province down."""
    parent = by_code().get(place.parent)
    return (*above(parent), parent) if parent else ()


def in_full(place: Place) -> str:
    """With the names of all that it lies in: 湖南省娄底市双峰县."""
    return "".join(each.name for each in (*above(place), place))


def find(text: str) -> tuple[Place, ...]:
    """The divisions that `text` may mean: a code, a name, or a name after some of those that it lies in."""
    if text.isascii() and text.isdigit():
        found = by_code().get(text)
        return (found,) if found else ()
    return by_name().get(text) or tuple(
        dict.fromkeys(
            place
            for name, named in by_name().items()
            if text.endswith(name)
            for place in named
            if _leads_to(text.removesuffix(name), place)
        )
    )


_ENDS = ("自治县", "自治旗", "自治州", "自治区", "特区", "林区", "新区", "地区", *"县区市旗州盟省")


def _stem(name: str) -> str:
    end = next((each for each in _ENDS if name.endswith(each)), "")
    return name.removesuffix(end) if len(name) > len(end) + 1 else name


def alike(text: str) -> tuple[Place, ...]:
    """What a name that `find` does not know may mean: without its last word or with another (浏阳县), or elsewhere.

    娄底市雁峰区 lies elsewhere: the division of that name in another city.
    """
    elsewhere = [
        place
        for name, named in by_name().items()
        if text.endswith(name) and text.removesuffix(name).endswith(_ENDS)
        for place in named
    ]
    stem = _stem(text)
    same = [place for place in places() if stem in (_stem(place.name), without_peoples(_stem(place.name)))]
    return tuple(dict.fromkeys((*elsewhere, *same)))


def _leads_to(prefix: str, place: Place) -> bool:
    """Whether `prefix` consists of names of what `place` lies in, in order, the first perhaps without its suffix."""
    for each in above(place):
        bare = each.name.removesuffix("省").removesuffix("市")
        names = (each.name, *usual_names(each.name), bare)
        prefix = prefix.removeprefix(max((n for n in names if prefix.startswith(n)), key=len, default=""))
    return not prefix


@cache
def _begins(two: str) -> bool:
    """Whether the name of a division begins with these two characters."""
    return f",{two}" in _rows()


@cache
def _longest() -> int:
    return max(map(len, by_name()))


def named_at(text: str, start: int = 0, within: Place | None = None) -> tuple[str, Place] | None:
    """The longest name of a division that stands at `start`; one inside `within` is preferred."""
    # Every form of a name begins alike. Most texts begin with none, and need no table of all names.
    if not _begins(text[start : start + 2]):
        return None
    for length in range(min(_longest(), len(text) - start), 1, -1):
        name = text[start : start + length]
        found = by_name().get(name)
        if found:
            inside = [place for place in found if within and lies_in(place, within)]
            return name, (inside or found)[0]
    return None


def lies_in(place: Place, above: Place) -> bool:
    """Whether `place` is below `above`, at any distance."""
    parent = by_code().get(place.parent)
    return parent is not None and (parent == above or lies_in(parent, above))


def chain_at(text: str) -> tuple[str, tuple[Place, ...]]:
    """The names that `text` begins with, each inside the one before: 衡阳市雁峰区… → (衡阳市雁峰区, (…, …))."""
    end, found = 0, tuple[Place, ...]()
    while True:
        named = named_at(text, end, found[-1] if found else None)
        if named is None or (found and not lies_in(named[1], found[-1])):
            return text[:end], found
        end += len(named[0])
        found = (*found, named[1])
