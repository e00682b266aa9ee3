from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.reading.source import read_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes("镕基路、㛃社区\n".encode(encoding))
    assert read_text(path) == "镕基路、㛃社区\n"


def test_utf_16_is_read_in_either_order_of_bytes(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    for encoding in ("utf-16-le", "utf-16-be"):
        path.write_bytes("\ufeff镕基路\r\n㛃社区𠮷".encode(encoding))
        assert read_text(path) == "镕基路\r\n㛃社区𠮷"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\xff\xfe", "is empty"),
        (b"\xff\xfe\x00\xd8A", "begins as UTF-16 but is not valid UTF-16"),
        ("序号\0".encode("utf-16"), "is a control character"),
        ("序号\n".encode("utf-16-le"), "save the table as .txt or .csv, in UTF-8"),
        (b"ok\x00", "byte 3 is a control character"),
        (b"one\ntwo \xff\xff", "line 2 is neither"),
        ("一\n二\ufffe".encode(), r"line 2 contains U\+FFFE, which is not a character"),
    ],
)
def test_files_that_are_not_text_are_refused(data: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=says):
        read_text(path)


def test_folder_and_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        read_text(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        read_text(tmp_path / "nowhere.txt")


@given(data=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(data)
    with suppress(InputError):
        assert isinstance(read_text(path), str)
