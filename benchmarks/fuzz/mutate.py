"""Break files: bytes, characters, tags, numbers, parts of archives, and PDF streams."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

_ODD = (
    "\u202e \u200d \ufeff \u0301 \u200b \u2028 \x85 \u3000 \ufffd \U00020000 \x00 \x0b \x0c \x1c "
    "\xa0 \x7f \xad \ue000 \uffff ﬁ ② ⑳ ³ 〇 廿 卅 ％ ‰ ㎡ \t \r \n \" ' , ; ( ） 《 “ [ } <b> "
    "</td> &amp; &#0; &#x110000; | \\ # * =1+1 @ - %00 1. 一、 （一） 1-2 0 -1 1e400 NaN ∞ 6月31日 "
    "2023年13月45日 0年0月 99999年 第9季度 百分之 分之 同比下降 100000% 责任单位： 有限公司 "
    "路 街 项目 因 待"
).split(" ")
_LONG = (
    "九" * 60,
    "9" * 4400 + "亿元",
    "1." * 400,
    "（" * 500,
    "局、" * 500,
    "<i>" * 300,
    "  " * 3000,
)
_NUMBERS = b"0 -1 1 65536 1000000 2147483648 4294967295 99999999999 1e9 1e400 NaN".split()
_MAIN = re.compile("document|sheet1|content|styles|shared|rels")
_TAGS = (
    b'<!DOCTYPE x [<!ENTITY a "b">]>', b"&a;", b"<", b"/>", b"\x00", b"<w:tbl>", b"<w:tc/>",
    b"<row/>", b'<c r="ZZZZ1"><v>1</v></c>', b'<w:gridSpan w:val="9999999"/>', b"<w:vMerge/>",
    b"<mergeCell ref='A1:XFD1048576'/>", b'<col min="1" max="2000000000" hidden="1"/>',
    b'table:number-columns-repeated="999999"', b'table:number-rows-repeated="99999999"',
    b"&#0;", b"&#xFFFF;", b"<![CDATA[", b"<!--", b"<td rowspan=9999999>", b"<font>" * 400,
)  # fmt: skip
_DRAWN = (
    b"q", b"Q", b"BT", b"ET", b"0 0 0 0 0 0 cm", b"1 0 0 1 1e30 0 cm", b"0 1 -1 0 300 300 cm",
    b"1 0 0 1 1e9 0 Tm", b"0 Tf", b"99999 Tz", b"0 0 99999 99999 re S", b"0 0 m 1e9 1e9 l S",
    b"[(a) -99999 (b)] TJ", b"/X Do", b"W n", b"nan 0 l", b"]", b">>",
)  # fmt: skip


def break_bytes(chance: random.Random, data: bytes) -> bytes:
    """Change, delete, repeat and insert bytes; replace numbers with unusual ones."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5, 10, 30))):
        if not found:
            break
        at, kind = chance.randrange(len(found)), chance.randrange(7)
        if kind == 0:
            found[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del found[at : at + chance.choice((1, 2, 3, 10, 100, 1000))]
        elif kind == 2:
            start = chance.randrange(len(found))
            found[at:at] = found[start : start + chance.choice((1, 4, 20, 200))]
        elif kind == 3:
            found[at:at] = chance.choice(_ODD).encode()
        elif kind == 4:
            found[at:at] = chance.randbytes(chance.choice((1, 2, 8)))
        elif kind == 5 and chance.random() < 0.2:
            del found[at:]
        elif numbers := list(re.finditer(rb"\d+", found)):
            number = chance.choice(numbers)
            found[number.start() : number.end()] = chance.choice(_NUMBERS)
    return bytes(found)


def break_text(chance: random.Random, data: bytes) -> bytes:
    """Change, move and repeat characters and lines of a text."""
    text = data.decode()
    for _ in range(chance.choice((1, 1, 2, 4, 10))):
        kind, at = chance.randrange(6), chance.randrange(len(text) + 1)
        lines = text.split("\n")
        line = chance.randrange(len(lines))
        if kind == 0:
            text = text[:at] + chance.choice(_ODD) + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + chance.choice((1, 2, 5, 30)) :]
        elif kind == 2:
            text = text[:at] + chance.choice(_LONG) + text[at:]
        elif kind == 3:
            text = "\n".join([*lines[:line], *chance.choices(lines, k=3), *lines[line:]])
        elif kind == 4:
            text = "\n".join(lines[:line] + lines[line + 1 :])
        else:
            text = text[:at] + chance.choice("（《“ \n、，。；：1.%路局") * 50 + text[at:]
    code = "gb18030" if chance.random() < 0.05 else "utf-8"
    return text.encode(code, "replace")


def break_markup(chance: random.Random, data: bytes) -> bytes:
    """Break the tags, attributes and texts of HTML or XML."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        tags = list(re.finditer(rb"<[^<>]+>", data))
        values = list(re.finditer(rb'="([^"]*)"', data))
        kind, at = chance.randrange(6), chance.randrange(len(data) + 1)
        if kind == 0 or not tags:
            data = break_bytes(chance, data)
        elif kind == 1:
            data = data[:at] + chance.choice(_TAGS) + data[at:]
        elif kind == 2:
            tag = chance.choice(tags)
            data = data[: tag.start()] + data[tag.end() :]
        elif kind == 3:
            tag, other = chance.choice(tags), chance.choice(tags)
            data = data[: tag.end()] + other[0] * chance.choice((1, 1, 300)) + data[tag.end() :]
        elif kind == 4 and values:
            value = chance.choice(values)
            new = chance.choice((b"", b"x", b"9" * 50, b"A1:XFD9", *_NUMBERS))
            data = data[: value.start(1)] + new + data[value.end(1) :]
        else:
            tag = chance.choice(tags)
            data = data[: tag.end()] + chance.choice((*_ODD, *_LONG)).encode() + data[tag.end() :]
    return data


def break_archive(chance: random.Random, data: bytes) -> bytes:
    """Break the parts of a ZIP archive, or rarely the archive itself."""
    if chance.random() < 0.15:
        return break_bytes(chance, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main_parts = [
        name for name in parts if re.search(r"document|sheet1|content|styles|shared|rels", name)
    ]
    name = chance.choice(main_parts if main_parts and chance.random() < 0.85 else sorted(parts))
    if chance.random() < 0.05:
        del parts[name]
    else:
        parts[name] = break_markup(chance, parts[name])
    output = io.BytesIO()
    with zipfile.ZipFile(
        output, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    ) as z:
        for each, content in parts.items():
            z.writestr(each, content)
    return output.getvalue()


def break_pdf(chance: random.Random, data: bytes) -> bytes:
    """Break a content stream of a PDF, or bytes of the file."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL))
    if not streams or chance.random() < 0.4:
        return break_bytes(chance, data)
    stream = chance.choice(streams)
    lines = stream[1].split(b"\n")
    for _ in range(chance.choice((1, 2, 5, 20))):
        at, kind = chance.randrange(len(lines)), chance.randrange(5)
        if kind == 0:
            lines[at] = b""
        elif kind == 1:
            lines.insert(at, chance.choice(lines))
        elif kind == 2:
            lines.insert(at, chance.choice(_DRAWN))
        elif kind == 3:
            lines[at] = re.sub(
                rb"[\d.]+", lambda _: str(chance.uniform(-1e4, 1e4)).encode(), lines[at]
            )
        else:
            lines[at] = lines[at] * chance.choice((2, 100))
    return data[: stream.start(1)] + b"\n".join(lines) + b"\n" + data[stream.end(1) :]


BREAKERS: dict[str, tuple[Callable[[random.Random, bytes], bytes], ...]] = {
    **dict.fromkeys(("csv", "tsv", "txt", "md"), (break_text, break_text, break_bytes)),
    **dict.fromkeys(("metadata", "curation", "mapping"), (break_text, break_bytes)),
    **dict.fromkeys(("xlsx", "docx", "ods", "odt"), (break_archive,)),
    "html": (break_markup, break_text),
    "xls": (break_markup, break_bytes),
    "pdf": (break_pdf,),
}
