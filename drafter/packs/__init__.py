"""Packs as an office handles them: which there are, what they hold, a copy to start from, whether one is right."""

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from drafter.errors import Finding, InputError, Location, OutputError, error
from drafter.load import Layer, layers, load_pack, packs, reason, shipped
from drafter.model.pack import Pack
from drafter.model.words import Status
from drafter.nearest import nearest
from drafter.write.files import check_writable, write_atomically
from drafter.yaml_tree import Tree

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Opened(Struct, frozen=True):
    """A pack with the lines of its declaration, the folders of its templates, and the layer it stands in."""

    pack: Pack
    tree: Tree
    folders: tuple[Path, ...]
    layer: str


def listing(given: Path | None = None) -> tuple[list[Opened], list[Finding]]:
    """Every pack of every layer, in order of their ids; and what is wrong with those that cannot be used."""
    found = layers("templates", Path.cwd(), given)
    opened: list[Opened] = []
    findings: list[Finding] = []
    for name in packs(found):
        try:
            opened.append(_opened(name, found))
        except InputError as bad:
            findings += bad.findings
    return opened, findings


def open_pack(name: str, given: Path | None = None) -> Opened:
    """The pack of an id. Raises InputError where there is none, or with all that is wrong with it."""
    return _opened(name, layers("templates", Path.cwd(), given))


def _opened(name: str, found: tuple[Layer, ...]) -> Opened:
    pack, tree, folders, findings = load_pack(name, found)
    if pack is None:
        raise InputError(findings)
    layer = next(layer.name for layer in reversed(found) if (layer.folder / name / "pack.yaml").is_file())
    return Opened(pack, tree, folders, layer)


def description(opened: Opened) -> str:
    """A pack for people: title, what it asks, sections, forms, statuses, further papers, where its files stand."""
    pack = opened.pack
    parts = [f"{pack.id}  {pack.title}（{opened.layer}）"]
    parts += [f"依据模板包：{pack.extends}"] if pack.extends else []
    parts += [f"方案类别：{pack.family}"] if pack.family else []
    parts.append(f"标题：{''.join(pack.plan_title)}")
    parts.append(f"通知标题：{''.join(pack.notice_title)}")
    parts += _rows("正文", pack.sections)
    parts += _rows("附件", pack.annexes)
    parts += _rows("询问", [f"{each.name}  {each.label}（{each.kind.shown}）" for each in pack.parameters])
    parts += _rows("形式", [name + ("（默认）" if name == pack.form else "") for name in pack.forms])
    parts += _rows("稿别", [Status(status).shown for status in pack.statuses])
    parts += _rows("其他文稿", [f"{name}  {paper.label}" for name, paper in pack.papers.items()])
    parts += _rows("字体", [f"{face.shown}：{name}" for face, name in pack.fonts.items()])
    parts += _rows("字号", [f"{element.shown}：{size:g} 磅" for element, size in pack.sizes.items()])
    return "\n".join([*parts, *_rows("文件夹", [str(folder) for folder in opened.folders])])


def _rows(title: str, rows: Sequence[str]) -> list[str]:
    return [f"{title}：", *(f"  {row}" for row in rows)] if rows else []


# ------------------------------------------------------------------ a copy to start from

_EXTENDING = """# yaml-language-server: $schema={schema}
# 本包只写与“{pack}”不同之处，没有写的都随它。改完用 drafter templates check {folder} 检查。
# 写法：单个值和一列整个替换；“键: 值”逐项合并。各项的说明和例子见 docs/templates.zh-CN.md。
format: pack/1
id: {id}
extends: {pack}
title: {title}
# quote_title: false                 # 标题中的方案名不加书名号
# fonts: {{仿宋: 方正仿宋_GBK, 小标宋: 方正小标宋_GBK}}
# sizes: {{标题: 二号, 表格: 小四}}
# plan_title: ["{{{{ place.name }}}}", "……", "实施方案（{{{{ period.text }}}}）"]
# sections: [{sections}]
# annexes: [{annexes}]
# parameters:                        # 增加一个问题；答案在模板里用它的 name
# - {{name: hotline, kind: text, label: 联系电话}}
# forms: {{{form}: {{responsibility: section}}}}   # 单位在每一部分末尾印一次
"""


def copy(name: str, folder: Path, given: Path | None = None, extending: bool = False) -> list[Path]:
    """A pack to start from in `folder`, whose name becomes its id; returns the files that were written.

    `extending`: a pack.yaml alone, which says what differs from `name`. Else every file of the pack, its comments with
    them. Raises InputError or OutputError.
    """
    opened = open_pack(name, given)
    if not _SLUG.fullmatch(folder.name):
        hint = "用小写英文字母、数字和连字符，例如 templates/my-office"
        raise InputError(error("pack.folder", f"文件夹名“{folder.name}”不能作模板包的编号", hint))
    if folder.exists() and any(folder.iterdir()):
        raise OutputError(error("pack.folder", f"文件夹“{folder}”里已有文件", "另给一个文件夹，或先把它清空"))
    files = _extension(opened, folder) if extending else _whole(opened, folder)
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as bad:
            raise OutputError(
                error("pack.folder", f"不能建立文件夹“{path.parent}”：{reason(bad)}", "另给一个文件夹")
            ) from None
        check_writable(path, False)
        write_atomically(path, content, False)
    return list(files)


def _extension(opened: Opened, folder: Path) -> dict[Path, bytes]:
    pack = opened.pack
    text = _EXTENDING.format(
        schema=(shipped("catalog") / "schema" / "pack.json").as_posix(),
        pack=pack.id,
        folder=folder.as_posix(),
        id=folder.name,
        title=pack.title,
        sections=", ".join(pack.sections),
        annexes=", ".join(pack.annexes),
        form=pack.form,
    )
    return {folder / "pack.yaml": text.encode()}


def _whole(opened: Opened, folder: Path) -> dict[Path, bytes]:
    """Every file of a pack; that of a folder which is looked at first stands for those of the same name behind it."""
    files: dict[Path, bytes] = {}
    for source in reversed([each for each in opened.folders if each.name == opened.pack.id]):
        for path in sorted(source.rglob("*")):
            if path.is_file() and path.suffix in (".yaml", ".j2"):
                files[folder / path.relative_to(source)] = path.read_bytes()
    declared = files[folder / "pack.yaml"].decode("utf-8-sig")
    text = re.sub(r"(?m)^id:.*$", f"id: {folder.name}", declared, count=1)
    schema = (shipped("catalog") / "schema" / "pack.json").as_posix()
    files[folder / "pack.yaml"] = re.sub(r"\$schema=\S+", f"$schema={schema}", text, count=1).encode()
    # A template that names its own pack must find the copy.
    for path, content in files.items():
        if path.suffix == ".j2":
            files[path] = content.replace(f'"{opened.pack.id}/'.encode(), f'"{folder.name}/'.encode())
    return files


def own_folder(folder: Path) -> Opened:
    """The pack that a folder holds, whatever layer it belongs to. Raises InputError with all that is wrong with it."""
    if not folder.is_dir():
        raise InputError(error("pack.folder", f"没有文件夹“{folder}”", "给出模板包所在的文件夹"))
    if not (folder / "pack.yaml").is_file():
        known = sorted(path.name for path in folder.iterdir() if path.suffix == ".yaml")
        hint = (
            nearest("pack.yaml", known)
            if known
            else "模板包的说明写在 pack.yaml；可用 drafter templates copy 起头"
        )
        raise InputError(error("pack.folder", f"“{folder}”里没有 pack.yaml", hint, Location(str(folder))))
    folder = folder.resolve()
    return _opened(folder.name, (*layers("templates", folder.parents[1]), Layer("指定", folder.parent)))
