"""Reasons for which a file is refused: one function each, so that a message is worded once."""

from pathlib import Path

from drafter.errors import InputError, Location, error
from drafter.read.limits import MIB

_OTHER_FILE = "换一份文件，或在 Word/WPS 中打开后另存为 .docx 再读"


def _refusal(rule: str, path: Path, message: str, hint: str) -> InputError:
    return InputError(error(f"read.{rule}", message, hint, Location(str(path))))


def empty(path: Path) -> InputError:
    """No byte, or nothing but white space."""
    return _refusal("empty", path, "文件是空的", "检查文件是否下载或保存完整")


def too_large(path: Path, what: str, limit: str) -> InputError:
    """More than `limits` allow."""
    hint = "方案通常不到几兆、几万字；请确认是方案本身，去掉图片或无关内容后另存再读"
    return _refusal("too-large", path, f"{what}超过上限（{limit}）", hint)


def megabytes(size: int) -> str:
    """A limit as a drafter reads it."""
    return f"{size // MIB} MB"


def damaged(path: Path, kind: str, detail: str = "") -> InputError:
    """The package or its parts do not hold together."""
    tail = f"：{detail}" if detail else ""
    return _refusal(
        "damaged", path, f"{kind}文件已损坏{tail}", "重新下载；或用 Word/WPS 打开并修复，另存为 .docx 再读"
    )


def binary(path: Path, said: str) -> InputError:
    """Bytes that are no text and no format that drafter reads."""
    hint = "可读的有 .docx .pdf .html .md .txt，以及 .doc .wps .rtf .odt（需要 LibreOffice）"
    return _refusal("format", path, f"不能识别的文件格式（{said}）", hint)


def encrypted(path: Path, kind: str) -> InputError:
    """A password stands before the text."""
    return _refusal("encrypted", path, f"{kind}文件设有密码，不能读取", "打开后取消密码，另存一份再读")


def bomb(path: Path, said: str) -> InputError:
    """A package that unpacks to far more than a paper can hold."""
    return _refusal(
        "bomb", path, f"压缩包内容异常：{said}", "该文件可能有恶意，不要打开；请向来源单位另要一份"
    )


def entities(path: Path) -> InputError:
    """A part declares XML entities; Word never writes them, and they can read other files."""
    return _refusal("entities", path, "文件中有 XML 实体声明（DOCTYPE），已拒绝读取", _OTHER_FILE)


def pictures(path: Path, pages: int) -> InputError:
    """A PDF of scanned pages."""
    hint = "先用扫描软件识别成文字（OCR），或向来源单位要 .docx、网页版"
    return _refusal("pictures", path, f"这份 PDF 共 {pages} 页，全是图片，没有文字层", hint)


def no_text(path: Path, kind: str) -> InputError:
    """A sound file that holds no words."""
    return _refusal("no-text", path, f"{kind}里没有文字", "若正文是图片，请先识别成文字（OCR）再读")


def converter(path: Path, detail: str) -> InputError:
    """LibreOffice is missing or did not do its work."""
    return _refusal("office", path, detail, "安装 LibreOffice 后重试，或用 Word/WPS 打开并另存为 .docx 再读")


def unnamed_characters(path: Path) -> InputError:
    """A PDF whose fonts do not say which characters their pictures stand for."""
    hint = "用 Word/WPS 打开后另存，或先做文字识别（OCR），或向来源单位要 .docx、网页版"
    return _refusal("unnamed", path, "这份 PDF 的字体没有文字编码，读出来会是乱码", hint)
