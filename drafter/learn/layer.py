"""What was learned → YAML files in the user's own layer of the catalog."""

from pathlib import Path

from drafter.errors import InputError, OutputError, error
from drafter.learn import Learned, learn
from drafter.load import families, family_for, layers, load_catalog, shipped
from drafter.nearest import nearest
from drafter.outline import outline
from drafter.read import read
from drafter.write.files import check_writable, write_atomically
from drafter.yaml_tree import dump

_HEAD = "# 由 drafter catalog learn 写出的草稿条目，核对整理后使用。\n"


def learn_file(
    file: Path, into: Path, family: str | None = None, *, catalog: Path | None = None, force: bool = False
) -> tuple[Learned, list[Path]]:
    """What the plan in `file` adds, and the files written below `into`, the folder of a layer, which is made if need be.

    What stands in `into` and in `catalog` counts as known. Existing files stay unless `force`, which keeps them as .bak. Raises
    InputError or OutputError; then nothing was written.
    """
    if into.resolve() == shipped("catalog").resolve():
        hint = "用 --into 指定本单位的文件夹，如 --into 本地目录"
        raise OutputError(error("learn.shipped", f"“{into}”是自带目录，不能写入", hint))
    given = catalog if catalog is not None else into if into.is_dir() else None
    found = layers("catalog", into.parent if into.name == "catalog" else None, given)
    names = families(found)
    if family is not None and family not in names:
        raise InputError(error("family.unknown", f"没有目录“{family}”", nearest(family, names)))
    plan = outline(read(file))
    chosen = family or family_for(found, plan.meta.title or "")
    if chosen is None:
        hint = f"用 --family 选定：{'、'.join(names)}"
        raise InputError(error("learn.family", "有几类方案的目录，不知道用哪一类", hint))
    known, findings = load_catalog(chosen, found)
    if known is None:
        raise InputError(findings)
    made = learn(plan, file.stem, known)
    files = {into / path: content for path, content in made.files(chosen, known.sources).items()}
    for path in files:
        if path.parent.is_dir():
            check_writable(path, force)
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, (_HEAD + dump(content)).encode(), force)
    return made, list(files)
