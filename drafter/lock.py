"""One run at a time on a profile: a lock file beside it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drafter.errors import OutputError, error
from drafter.load import reason


@contextmanager
def locked(profile: Path) -> Iterator[None]:
    """Hold `profile` while something is written to it. Raises OutputError where another run does.

    A lock whose process is gone is taken over; where that cannot be known (Windows), the message names the file.
    """
    lock = profile.with_name(f".{profile.name}.lock")
    if not lock.parent.is_dir():
        raise OutputError(error("output.folder", f"没有文件夹“{lock.parent}”", "先建立文件夹，或换一个位置"))
    try:
        _take(lock)
    except FileExistsError:
        hint = f"等它结束；若确实没有在运行，删去“{lock}”"
        message = f"另一个 drafter 正在处理“{profile.name}”"
        raise OutputError(error("profile.locked", message, hint)) from None
    except OSError as bad:
        raise OutputError(
            error("output.failed", f"不能写入“{lock.parent}”：{reason(bad)}", "检查权限")
        ) from None
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _take(lock: Path) -> None:
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        if not _abandoned(lock):
            raise
        lock.unlink(missing_ok=True)
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(str(os.getpid()))


def _abandoned(lock: Path) -> bool:
    """Whether the process that took the lock is gone. On Windows asking would end it, so nobody asks."""
    if os.name == "nt":
        return False
    try:
        os.kill(int(lock.read_text(encoding="ascii")), 0)
    except (ProcessLookupError, ValueError):
        return True
    except OSError:
        return False
    return False
