"""`drafter doctor`: whether this machine has what a draft needs, and what to do where it has not."""

import locale
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct

from drafter.errors import DrafterError
from drafter.load import layers, load_catalog, load_pack
from drafter.typography import FONTS

_OFFICES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


class Check(Struct, frozen=True):
    """One thing that was looked at. `hint`: what to do where it is not well."""

    name: str
    well: bool
    found: str
    hint: str = ""

    def __str__(self) -> str:
        """As a drafter reads it."""
        mark = "好" if self.well else "缺"
        return f"［{mark}］{self.name}：{self.found}" + (
            f"\n      → {self.hint}" if self.hint and not self.well else ""
        )


def checks(beside: Path, catalog: Path | None = None, templates: Path | None = None) -> tuple[Check, ...]:
    """Fonts, LibreOffice, terminal, layers of catalog and templates; `beside`: the folder of profiles."""
    return (*_fonts(), _office(), *_terminal(), *_layers(beside, catalog, templates))


def _fonts() -> Iterator[Check]:
    installed = _installed()
    for name in dict.fromkeys(FONTS.values()):
        hint = "在 Word、WPS 里打开时会用别的字体代替；向单位信息部门要字体，或在档案 layout.fonts 里写本机有的字体"
        if installed is None:
            yield Check(f"字体 {name}", True, "这里查不到已装的字体，请在 Word 里看")
        else:
            yield Check(
                f"字体 {name}", name in installed, "已安装" if name in installed else "没有安装", hint
            )


def _installed() -> str | None:
    """The names of installed fonts; None where nothing can tell."""
    lister = shutil.which("fc-list")
    if lister:
        done = subprocess.run(
            [lister, ":", "family"], capture_output=True, encoding="utf-8", errors="replace", check=False
        )
        return done.stdout
    if sys.platform == "win32":
        return _registered()
    return None


def _registered() -> str:
    """The fonts that Windows knows."""
    # By name: the module is there on Windows only.
    registry: Any = import_module("winreg")
    place = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
    with registry.OpenKey(registry.HKEY_LOCAL_MACHINE, place) as key:
        return "\n".join(
            str(registry.EnumValue(key, index)[0]) for index in range(registry.QueryInfoKey(key)[1])
        )


def _office() -> Check:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    found = found or next((each for each in _OFFICES if Path(each).is_file()), None)
    hint = "只有 --paginate、--to pdf 和读 .doc、.wps 时才用到；从 libreoffice.org 安装"
    return Check("LibreOffice", found is not None, found or "没有找到", hint)


def _terminal() -> Iterator[Check]:
    encoding = (getattr(sys.stdout, "encoding", None) or "不明").lower()
    try:
        "中文〔〕—“”".encode(encoding)
        well = True
    except (LookupError, UnicodeEncodeError):
        well = False
    hint = "设环境变量 PYTHONUTF8=1；Windows 上先运行 chcp 65001"
    yield Check("终端编码", well, f"{encoding}（本机习惯 {locale.getpreferredencoding(False)}）", hint)
    kind = os.environ.get("TERM", "")
    plain = kind in ("dumb", "unknown")
    found = "逐行问答" if plain else "可以用方向键选择"
    yield Check(
        "终端", True, found if sys.stdin.isatty() else "现在不在终端里，drafter new 须加 --yes 或 --answers"
    )


def _layers(beside: Path, catalog: Path | None, templates: Path | None) -> Iterator[Check]:
    try:
        found = layers("catalog", beside, catalog)
        packs = layers("templates", beside, templates)
    except DrafterError as bad:
        yield Check("目录", False, str(bad.findings[0].message), bad.findings[0].hint)
        return
    for family in sorted(
        {each.parent.name for layer in found for each in layer.folder.glob("*/family.yaml")}
    ):
        made, wrong = load_catalog(family, found)
        shown = "、".join(f"{layer.name}（{layer.folder}）" for layer in found)
        told = (
            f"{len(made.measures)} 条举措；{shown}" if made else f"有 {len(wrong)} 个问题，第一个：{wrong[0]}"
        )
        yield Check(f"目录 {family}", made is not None, told, "改正后再用；drafter build 会列出全部问题")
    for pack in sorted({each.parent.name for layer in packs for each in layer.folder.glob("*/pack.yaml")}):
        ready, _, folders, wrong = load_pack(pack, packs)
        told = (
            "、".join(str(folder) for folder in folders)
            if ready
            else f"有 {len(wrong)} 个问题，第一个：{wrong[0]}"
        )
        yield Check(f"模板包 {pack}", ready is not None, told, "改正后再用")
