"""Old and foreign office files (.doc, .wps, .rtf, .odt): LibreOffice, where it is installed, makes a .docx of them."""

import subprocess
import tempfile
from pathlib import Path

from drafter.errors import OutputError
from drafter.read import refuse
from drafter.read.docx import read_docx
from drafter.read.found import Found
from drafter.read.limits import MAX_FILE, OFFICE_SECONDS
from drafter.write.render import soffice


def read_office(data: bytes, path: Path, suffix: str) -> Found:
    """The lines of a file that only an office program reads. InputError where there is none, or it fails."""
    return read_docx(to_docx(data, path, suffix), path)


def to_docx(data: bytes, path: Path, suffix: str) -> bytes:
    """The .docx that LibreOffice makes of a file, in a profile of its own: without macros, links or the user's settings."""
    try:
        program = soffice()
    except OutputError:
        raise refuse.converter(path, f"读 {suffix} 文件需要 LibreOffice，没有找到") from None
    with tempfile.TemporaryDirectory(prefix="drafter-") as name:
        folder = Path(name)
        # The name is ours: LibreOffice takes the format from it, and the user's may hold anything.
        (folder / f"plan{suffix}").write_bytes(data)
        (folder / "out").mkdir()
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(folder / f"plan{suffix}"),
        ]  # fmt: skip
        try:
            subprocess.run(
                command, capture_output=True, timeout=OFFICE_SECONDS, check=False, stdin=subprocess.DEVNULL
            )
        except subprocess.TimeoutExpired:
            raise refuse.converter(path, f"LibreOffice 在 {OFFICE_SECONDS} 秒内没有转换完") from None
        except OSError as bad:
            raise refuse.converter(path, f"LibreOffice 不能启动（{bad.strerror or bad}）") from None
        made = folder / "out" / "plan.docx"
        if not made.exists():
            raise refuse.converter(path, f"LibreOffice 不能打开这份 {suffix} 文件（可能已损坏或设有密码）")
        if made.stat().st_size > MAX_FILE:
            raise refuse.too_large(path, "转换后的文件", refuse.megabytes(MAX_FILE))
        return made.read_bytes()
