"""Files written whole or not at all, and never over work that a person did."""

import os
import shutil
import tempfile
from pathlib import Path

from drafter.errors import OutputError, error
from drafter.load import reason
from drafter.write.trace import State, state

_LOCKS = ("~${}", ".~lock.{}#")


def check_writable(path: Path, force: bool) -> None:
    """Whether `path` may be written: raises OutputError with the reason."""
    folder = path.parent
    if not folder.is_dir():
        hint = f"先建立文件夹“{folder}”，或换一个 -o"
        raise OutputError(error("output.folder", f"没有文件夹“{folder}”", hint))
    if path.is_dir():
        raise OutputError(error("output.folder", f"“{path}”是文件夹", "在 -o 后写文件名"))
    held = [lock for lock in _lock_files(path) if os.path.exists(lock)]  # noqa: PTH110 - a name too long is none
    if held:
        hint = f"关闭该文件后重试；若确未打开，删去“{held[0].name}”"
        raise OutputError(error("output.locked", f"“{path}”正在 Word 或 WPS 中打开", hint))
    found = State.ABSENT if force else _state(path)
    if found in (State.EDITED, State.FOREIGN):
        what = "有人工修改" if found is State.EDITED else "已存在，且不是 drafter 写出的原样"
        hint = "换一个 -o；或加 --force 覆盖（原文件另存为 .bak）"
        raise OutputError(error("output.exists", f"“{path}”{what}，没有覆盖", hint))


def _lock_files(path: Path) -> list[Path]:
    """The names under which Word, WPS and LibreOffice note that a file is open."""
    names = [lock.format(path.name) for lock in _LOCKS]
    # Word drops the first two characters of a name longer than eight.
    names.append("~$" + path.name[2:])
    return [path.with_name(name) for name in names]


def _state(path: Path) -> State:
    try:
        return state(path)
    except OSError as bad:
        raise OutputError(
            error("output.unreadable", f"不能读取已有的“{path}”：{reason(bad)}", "检查权限")
        ) from None


def write_atomically(path: Path, content: bytes, force: bool = False) -> Path | None:
    """Write `content` to `path` in one step; returns the backup of what stood there, where one was kept.

    Files that nobody edited are replaced; edited ones and those of others only with `force`, and then kept as .bak.
    """
    check_writable(path, force)
    return _replace(path, content, keep=_state(path) in (State.EDITED, State.FOREIGN, State.RESAVED))


def write_text(path: Path, text: str) -> None:
    """Write a file that is drafter's to change, a profile: in one step, in UTF-8, with the line ends of every system."""
    if not path.parent.is_dir():
        raise OutputError(error("output.folder", f"没有文件夹“{path.parent}”", "先建立文件夹，或换一个位置"))
    _replace(path, text.encode("utf-8"), keep=False)


def _replace(path: Path, content: bytes, keep: bool) -> Path | None:
    """Put `content` under the name in one step; with `keep`, what stood there is kept as .bak."""
    backup = None
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=".drafter-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(path))
        if keep:
            # A copy, so that there is a whole file under the name at every moment.
            backup = _backup_name(path)
            shutil.copy2(path, backup)
        os.replace(temporary, path)  # noqa: PTH105 - the one atomic step
    except BaseException as bad:
        for left in (Path(temporary) if temporary else None, backup):
            if left:
                left.unlink(missing_ok=True)
        if not isinstance(bad, OSError):
            raise
        hint = "检查权限和磁盘空间，或换一个 -o"
        raise OutputError(error("output.failed", f"不能写入“{path}”：{reason(bad)}", hint)) from None
    return backup


def _mode(path: Path) -> int:
    """The permissions of the file that stands there, or those that a new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _backup_name(path: Path) -> Path:
    """The first free of X.bak, X.bak2, X.bak3 …"""
    name, ordinal = path.with_name(path.name + ".bak"), 2
    while name.exists():
        name, ordinal = path.with_name(f"{path.name}.bak{ordinal}"), ordinal + 1
    return name
