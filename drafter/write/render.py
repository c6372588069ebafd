"""Pages: .docx → PDF by LibreOffice, and what the PDF shows."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from drafter.errors import OutputError, error
from drafter.write.pages import Pages

_TIMEOUT = 180
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)


def soffice() -> str:
    """The path of LibreOffice; OutputError says how to get it."""
    found = next(filter(None, (shutil.which(name) for name in _NAMES)), None)
    found = found or next((place for place in _PLACES if Path(place).exists()), None)
    if found is None:
        hint = "安装 LibreOffice（Debian/Ubuntu：apt install libreoffice-writer），或不用 --paginate、--to pdf、--render"
        raise OutputError(error("render.missing", "没有找到 LibreOffice，不能排出页面", hint))
    return found


def to_pdf(docx: bytes) -> bytes:
    """The PDF of a .docx, laid out by LibreOffice in a profile of its own."""
    program = soffice()
    with tempfile.TemporaryDirectory(prefix="drafter-") as name:
        folder = Path(name)
        (folder / "plan.docx").write_bytes(docx)
        profile = (folder / "profile").as_uri()
        command = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            name,
        ]
        try:
            done = subprocess.run(
                [*command, str(folder / "plan.docx")], capture_output=True, timeout=_TIMEOUT, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as bad:
            hint = "关闭其他 LibreOffice 窗口后重试"
            raise OutputError(error("render.failed", f"LibreOffice 没有完成：{bad}", hint)) from None
        pdf = folder / "plan.pdf"
        if not pdf.exists():
            said = done.stderr.decode("utf-8", "replace").strip()[-200:]
            raise OutputError(error("render.failed", "LibreOffice 没有排出页面", said))
        return pdf.read_bytes()


def count_pages(pdf: bytes, title: str) -> Pages:
    """How many pages a PDF has, and how many of them the plan itself fills (annexes are not its body)."""
    # Imported here: it loads a large library, and a plain build renders nothing.
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()
    wanted = re.sub(r"\s", "", title)
    first = next((n for n, text in enumerate(texts) if text.startswith(wanted)), None)
    annex = next((n for n, text in enumerate(texts) if re.match(r"附件\d?(?![：:])", text)), len(texts))
    return Pages(len(texts), annex - first if first is not None else None)
