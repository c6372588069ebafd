"""Nothing is lost: files are written whole or not at all, and never over what a person did."""

import errno
import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from drafter.document import Document, Paragraph
from drafter.errors import OutputError
from drafter.write import Written, write
from drafter.write.files import check_writable, write_atomically
from drafter.write.trace import State, Trace, state

PAPER = Document(title=("某县", "实施方案"), blocks=(Paragraph("原文。"),))
LATER = Document(title=("某县", "实施方案"), blocks=(Paragraph("新文。"),))
TRACE = Trace("0" * 64)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A .docx of ours."""
    written(PAPER, tmp_path / "plan.docx")
    return tmp_path / "plan.docx"


def written(paper: Document, path: Path, force: bool = False) -> Written:
    """Write a paper with a trace."""
    return write(paper, path, trace=TRACE, force=force)


def rezipped(path: Path, old: bytes, new: bytes) -> bytes:
    """Change document.xml as a program or a person would, and return the new bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                assert old in data
                data = data.replace(old, new)
            target.writestr(name, data)
    path.write_bytes(packed.getvalue())
    return packed.getvalue()


def edited(path: Path) -> bytes:
    """Change a word by hand."""
    return rezipped(path, "原文。".encode(), "手改。".encode())


def resaved(path: Path) -> bytes:
    """Save it again with other white space."""
    return rezipped(path, b"<w:p>", b"\n<w:p>")


def refused(step: Callable[[], object]) -> str:
    """The rule by which a step is refused; message and hint are Chinese."""
    with pytest.raises(OutputError) as bad:
        step()
    (finding,) = bad.value.findings
    assert "\u4e00" <= finding.message.strip("“")[-1] <= "\u9fff" or "“" in finding.message
    assert finding.hint
    return finding.rule


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(each.name for each in folder.iterdir())


# ------------------------------------------------------------------ over an older file


def test_a_file_of_ours_is_replaced_without_a_backup(path: Path) -> None:
    assert written(LATER, path) == Written(path, None, None)
    assert state(path) is State.OURS
    assert names(path.parent) == ["plan.docx"]


def test_a_file_edited_by_hand_is_not_replaced(path: Path) -> None:
    content = edited(path)
    assert refused(lambda: written(LATER, path)) == "output.exists"
    assert path.read_bytes() == content
    assert names(path.parent) == ["plan.docx"]


def test_a_file_that_is_not_ours_is_not_replaced(path: Path) -> None:
    path.write_bytes(b"PK something of another")
    assert refused(lambda: written(LATER, path)) == "output.exists"
    assert path.read_bytes() == b"PK something of another"


def test_force_keeps_what_was_edited(path: Path) -> None:
    contents = []
    for expected in ("plan.docx.bak", "plan.docx.bak2", "plan.docx.bak3"):
        contents.append(edited(path))
        backup = written(PAPER, path, force=True).backup
        assert backup == path.with_name(expected)
    assert [path.with_name(f"plan.docx.bak{n}").read_bytes() for n in ("", "2", "3")] == contents
    assert state(path) is State.OURS
    assert names(path.parent) == ["plan.docx", "plan.docx.bak", "plan.docx.bak2", "plan.docx.bak3"]


def test_a_file_saved_again_is_replaced_and_kept(path: Path) -> None:
    content = resaved(path)
    backup = written(LATER, path).backup
    assert backup == path.with_name("plan.docx.bak")
    assert backup.read_bytes() == content


def test_an_older_backup_is_never_lost(path: Path) -> None:
    path.with_name("plan.docx.bak").write_text("重要", encoding="utf-8")
    edited(path)
    assert written(LATER, path, force=True).backup == path.with_name("plan.docx.bak2")
    assert path.with_name("plan.docx.bak").read_text(encoding="utf-8") == "重要"


def test_a_clean_copy_is_not_replaced_without_force(path: Path) -> None:
    """It has no trace, so nobody knows whether it was edited."""
    write(PAPER, path, trace=None)
    assert refused(lambda: written(LATER, path)) == "output.exists"


@pytest.mark.parametrize("to", ["md", "html"])
def test_texts_are_kept_in_the_same_way(tmp_path: Path, to: Any) -> None:
    path = tmp_path / f"plan.{to}"
    write(PAPER, path, to)
    assert write(LATER, path, to).backup is None
    path.write_text(path.read_text(encoding="utf-8").replace("新文", "手改"), encoding="utf-8")
    assert refused(lambda: write(PAPER, path, to)) == "output.exists"
    assert "手改" in path.read_text(encoding="utf-8")
    assert write(PAPER, path, to, force=True).backup == path.with_name(f"plan.{to}.bak")


# ------------------------------------------------------------------ where it cannot be written


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refused(lambda: written(PAPER, tmp_path / "无" / "plan.docx")) == "output.folder"
    assert names(tmp_path) == []


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert refused(lambda: written(PAPER, tmp_path)) == "output.folder"
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    assert refused(lambda: written(PAPER, tmp_path / "文件" / "plan.docx")) == "output.folder"


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("plan.docx", "~$plan.docx"),
        ("青屏县实施方案.docx", "~$县实施方案.docx"),
        ("plan.docx", ".~lock.plan.docx#"),
    ],
)
@pytest.mark.parametrize("force", [False, True])
def test_a_file_that_is_open_is_not_touched(tmp_path: Path, name: str, lock: str, force: bool) -> None:
    (tmp_path / lock).write_bytes(b"")
    assert refused(lambda: written(PAPER, tmp_path / name, force)) == "output.locked"
    assert names(tmp_path) == [lock]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_not_writable_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert refused(lambda: written(PAPER, tmp_path / "plan.docx")) == "output.failed"
    finally:
        tmp_path.chmod(0o700)
    assert names(tmp_path) == []


def breaks(monkeypatch: pytest.MonkeyPatch, step: str, code: int) -> None:
    """Make one step of writing fail, as the system would have it."""

    def failing(*_: object, **__: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    steps: dict[str, tuple[object, str, Callable[..., Any]]] = {
        "open": (tempfile, "mkstemp", failing),
        "flush to the disk": (os, "fsync", failing),
        "put in place": (os, "replace", failing),
    }
    monkeypatch.setattr(*steps[step])


@pytest.mark.parametrize("step", ["open", "flush to the disk", "put in place"])
@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EACCES, "没有权限"),
        (errno.EROFS, "磁盘只读"),
        (errno.EIO, "不能写入"),
    ],
)
@pytest.mark.parametrize("by_hand", [False, True])
def test_a_step_that_fails_leaves_the_old_file_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int, said: str, by_hand: bool
) -> None:
    content = edited(path) if by_hand else path.read_bytes()
    with monkeypatch.context() as patched:
        breaks(patched, step, code)
        with pytest.raises(OutputError, match=said):
            written(LATER, path, force=True)
    assert path.read_bytes() == content
    assert names(path.parent) == ["plan.docx"]


def test_a_failure_after_the_backup_puts_the_old_file_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = edited(path)

    def fails(_source: str, _target: Path) -> NoReturn:
        raise OSError(errno.EACCES, "x")

    monkeypatch.setattr(os, "replace", fails)
    assert refused(lambda: written(LATER, path, force=True)) == "output.failed"
    assert path.read_bytes() == content
    assert names(path.parent) == ["plan.docx"]


def test_nothing_is_left_of_a_first_write_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks(monkeypatch, "flush to the disk", errno.ENOSPC)
    assert refused(lambda: written(PAPER, tmp_path / "plan.docx")) == "output.failed"
    assert names(tmp_path) == []


def test_nothing_is_left_where_the_user_interrupts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        written(PAPER, tmp_path / "plan.docx")
    assert names(tmp_path) == []


CRASH = """
import os, shutil, sys
from pathlib import Path
from drafter.write.files import write_atomically
steps, replace, fsync, copy = 0, os.replace, os.fsync, shutil.copy2
def step(*_):
    global steps
    if steps == int(sys.argv[2]):
        os._exit(9)
    steps += 1
def crashing_replace(source, target):
    step()
    return replace(source, target)
def crashing_copy(source, target):
    step()
    return copy(source, target)
def crashing_fsync(handle):
    step()
    return fsync(handle)
os.replace, os.fsync, shutil.copy2 = crashing_replace, crashing_fsync, crashing_copy
write_atomically(Path(sys.argv[1]), b"new", force=True)
"""


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_crash_loses_nothing(path: Path, steps: int) -> None:
    """The process ends between two steps, as at a power cut: what a person did is there, whole."""
    content = edited(path)
    done = subprocess.run([sys.executable, "-c", CRASH, str(path), str(steps)], check=False)
    assert done.returncode == 9
    whole = [each.name for each in path.parent.iterdir() if each.read_bytes() == content]
    assert "plan.docx" in whole


@pytest.mark.parametrize("steps", [0, 1])
def test_a_crash_leaves_a_file_of_ours_under_its_name(path: Path, steps: int) -> None:
    content = path.read_bytes()
    subprocess.run([sys.executable, "-c", CRASH, str(path), str(steps)], check=False)
    assert path.read_bytes() == content


def test_a_crash_leaves_an_edited_file_under_its_name(path: Path) -> None:
    content = edited(path)
    subprocess.run([sys.executable, "-c", CRASH, str(path), "2"], check=False)
    assert path.is_file()
    assert path.read_bytes() == content


@pytest.fixture
def tiny() -> Iterator[Path]:
    """A disk of 16 kB, where this machine lets us have one."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("needs root on Linux")
    folder = Path("/tmp") / f"drafter-tiny-{os.getpid()}"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("mount is not allowed here")
    yield folder
    subprocess.run(["umount", folder], check=True)
    folder.rmdir()


def test_a_disk_that_is_really_full_leaves_the_old_file(tiny: Path) -> None:
    path = tiny / "plan.docx"
    write_atomically(path, b"old", force=True)
    with pytest.raises(OutputError, match="磁盘已满"):
        write_atomically(path, os.urandom(100_000), force=True)
    assert path.read_bytes() == b"old"
    assert names(tiny) == ["plan.docx"]


# ------------------------------------------------------------------ what is written


def test_a_new_file_has_the_rights_that_the_user_asks_for(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        written(PAPER, tmp_path / "plan.docx")
        assert os.umask(0o027) == 0o027, "the process keeps its mask"
    finally:
        os.umask(before)
    if os.name == "posix":
        assert (tmp_path / "plan.docx").stat().st_mode & 0o777 == 0o640


def test_a_link_that_leads_nowhere_is_no_obstacle(tmp_path: Path) -> None:
    link = tmp_path / "plan.docx"
    link.symlink_to(tmp_path / "gone.docx")
    written(PAPER, link)
    assert state(link) is State.OURS


def test_a_name_as_long_as_the_system_allows_is_written(tmp_path: Path) -> None:
    """Titles make good names, and a Chinese character takes three bytes of 255."""
    path = tmp_path / ("青屏县" * 27 + "方.docx")
    assert len(path.name.encode()) < 255
    written(PAPER, path)
    assert state(path) is State.OURS


def test_checking_changes_nothing(path: Path) -> None:
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    check_writable(path, force=False)
    check_writable(path.with_name("other.docx"), force=False)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert names(path.parent) == ["plan.docx"]
