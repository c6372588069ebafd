"""A look at the streams of a PDF before pdfium unpacks them: pdfium sets no bound that would protect memory and time."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from drafter.read import refuse
from drafter.read.limits import MAX_CONTENT, MAX_CONTENTS, MAX_STREAM

_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image|/DCTDecode|/JPXDecode|/JBIG2Decode|/CCITTFaxDecode|/DCT\b|/CCF\b")
_FONT = re.compile(
    rb"/Length[123]\b|/Subtype\s*/(Type1C|CIDFontType0C|OpenType)|/FontFile|/N\s+\d\s*/Alternate|/Type\s*/(ObjStm|XRef|Metadata)"
)
_FLATE = re.compile(rb"/(FlateDecode|Fl)\b")
_LZW = re.compile(rb"/(LZWDecode|LZW)\b")
_DICTIONARY = 2_000
_LZW_RAW = 256 * 1024
_MOST_FILTERS = 3


def check_streams(data: bytes, path: Path) -> None:
    """InputError where a stream unpacks to more than a paper's pages hold."""
    total = 0
    for about, raw in _streams(data):
        if _PICTURE.search(about):
            continue  # never unpacked: text is all that is asked for
        most = MAX_STREAM if _FONT.search(about) else MAX_CONTENT
        times = len(_FLATE.findall(about))
        if times > _MOST_FILTERS or (_LZW.search(about) and len(raw) > _LZW_RAW):
            raise refuse.bomb(path, "数据流压缩方式异常")
        size = _unpacked(raw, times, most)
        if size > most:
            raise refuse.bomb(path, f"一个数据流解压后超过 {refuse.megabytes(most)}")
        total += 0 if most == MAX_STREAM else size
        if total > MAX_CONTENTS:
            raise refuse.bomb(path, f"页面内容解压后超过 {refuse.megabytes(MAX_CONTENTS)}")


def _streams(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The dictionary before each stream, and its bytes."""
    for found in _STREAM.finditer(data):
        if data[max(found.start() - 3, 0) : found.start()] == b"end":
            continue
        head = data[max(found.start() - _DICTIONARY, 0) : found.start()]
        about = head[max(head.rfind(b" obj"), head.rfind(b"endobj"), 0) :]
        end = data.find(b"endstream", found.end())
        yield about, data[found.end() : end if end >= 0 else len(data)]


def _unpacked(raw: bytes, times: int, most: int) -> int:
    """How many bytes a stream has after `times` inflations, counted no further than just past `most`."""
    for _ in range(times):
        try:
            raw = zlib.decompressobj().decompress(raw, most + 1)
        except zlib.error:
            return len(raw)  # damaged or locked: pdfium will say so
        if len(raw) > most:
            break
    return len(raw)
