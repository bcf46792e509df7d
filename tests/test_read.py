import os
import stat
import sys
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import ReadError
from ingest.cleaning.clean import clean
from ingest.reading import read as reading
from ingest.reading.encoding import decode
from ingest.reading.read import read
from tests.pdf_file import pdf_file
from tests.word_file import word_file

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "read.yaml").read_text("utf-8"))
SHARED = Path(__file__).resolve().parents[2] / "shared"

SENTENCE = "Phòng Kinh tế chủ trì, phối hợp với các xã thực hiện kế hoạch"
WORD = word_file(f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>")
PDF = pdf_file([[(85.0, 100.0, SENTENCE)]])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OLD_WORD = OLE + "WordDocument".encode("utf-16-le") + bytes(100)
ENCRYPTED = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(100)


def encoded(text: str, encoding: str) -> bytes:
    """windows-1258 writes tone marks as characters of their own, behind the letter."""
    if encoding != "cp1258":
        return text.encode(encoding)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        letters.append(base + "".join(c for c in parts if c in tones))
    return "".join(letters).encode("cp1258")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_a_text_is_read_whatever_its_encoding(case: dict, tmp_path: Path) -> None:
    path = tmp_path / "van-ban"
    path.write_bytes(encoded(case["text"], case["encoding"]))
    source = read(path)
    assert source.format == case["format"]
    assert source.text == case.get("read", case["text"])


@pytest.mark.parametrize("ending", ["", ".txt", ".docx", ".pdf", ".html"])
@pytest.mark.parametrize(("data", "kind"), [(WORD, "docx"), (PDF, "pdf"), (SENTENCE.encode(), "text")])
def test_the_content_decides_and_not_the_ending(data: bytes, kind: str, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"van-ban{ending}"
    path.write_bytes(data)
    source = read(path)
    assert (source.format, source.text) == (kind, SENTENCE)


def test_decomposed_text_and_windows_line_ends_come_out_of_the_cleaner_composed(tmp_path: Path) -> None:
    path = tmp_path / "van-ban.txt"
    path.write_bytes(unicodedata.normalize("NFD", "KẾ HOẠCH\r\nThực hiện\r\n").encode())
    assert clean(read(path).text).text == "KẾ HOẠCH\nThực hiện\n"


def test_a_few_damaged_bytes_do_not_hide_a_text(tmp_path: Path) -> None:
    path = tmp_path / "van-ban.txt"
    path.write_bytes((SENTENCE * 40).encode() + "ế".encode()[:2])
    assert read(path).text == SENTENCE * 40 + "\ufffd"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty (0 bytes)"),
        (" \r\n\t\ufeff\u200b".encode(), "holds no words"),
        (bytes(range(256)) * 8, "binary, or text in an unknown encoding"),
        ("Uû ban nh©n d©n tØnh".encode("latin-1") * 20, "binary, or text in an unknown encoding"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "an image"),
        (b"{\\rtf1 x}", "an RTF file"),
        (b"7z\xbc\xaf'\x1c" + bytes(50), "an archive"),
        (b"PK\x03\x04" + bytes(50), "a broken DOCX"),
        (b"%PDF-1.7\n", "a broken PDF"),
        (ENCRYPTED, "a DOCX with a password"),
        (OLE, "no Word document"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_what_gives_no_text_is_one_clear_line(data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "van-ban"
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert caught.value.message.startswith(f"{path}: ")
    assert reason in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "van-ban.pdf"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(ReadError, match=r"too large \(200 MiB, at most 64\)"):
        read(path)


def test_what_is_no_file(tmp_path: Path) -> None:
    link = tmp_path / "lien-ket"
    link.symlink_to(tmp_path / "khong-co")
    pipe = tmp_path / "ong"
    os.mkfifo(pipe)
    for path, reason in [
        (tmp_path, "a folder"),
        (tmp_path / "khong-co", "no such file"),
        (tmp_path / "khong-co" / "gi", "no such file"),
        (link, "a link to a file that is not there"),
        (pipe, "no regular file"),
        (Path("a\0b"), "cannot be opened"),
        (tmp_path / ("a" * 300), "cannot be opened"),
    ]:
        with pytest.raises(ReadError, match=reason):
            read(path)


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be allowed everything, so the system's answer is put in its place."""
    path = tmp_path / "van-ban.txt"
    path.write_text("x")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(
        ReadError, match=r"van-ban\.txt: cannot be opened \(Permission denied\) — check its permissions"
    ):
        read(path)


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", OLE[:8], b"<html>", b"\xff\xfe"]))
def test_any_bytes_give_a_text_or_a_read_error(data: bytes, beginning: bytes) -> None:
    try:
        source = reading._read_bytes(beginning + data, "x")
    except ReadError as error:
        assert error.message.startswith("x: ")
    else:
        assert isinstance(source.text, str)


@given(st.text(alphabet="Kế hoạch sốđƯ12/-\n", min_size=1))
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    assert decode(text.encode()) == text


def fake_program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!{sys.executable}\nimport pathlib, shutil, sys\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the only one in which programs are looked for."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def old_word(tmp_path: Path) -> Path:
    path = tmp_path / "van-ban.doc"
    path.write_bytes(OLD_WORD)
    return path


def test_an_old_word_file_without_a_program_for_it(programs: Path, old_word: Path) -> None:
    with pytest.raises(ReadError, match=r"before 2007 \(\.doc\) — install LibreOffice or antiword"):
        read(old_word)


def test_an_old_word_file_through_antiword(programs: Path, old_word: Path) -> None:
    fake_program(programs, "antiword", f"sys.stdout.buffer.write({SENTENCE!r}.encode())")
    assert read(old_word) == reading.SourceText(SENTENCE, "doc")


def test_an_old_word_file_through_libreoffice(programs: Path, old_word: Path, tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(WORD)
    target = "pathlib.Path(sys.argv[-1]).with_suffix('.docx')"
    fake_program(programs, "soffice", f"shutil.copy({str(tmp_path / 'made.docx')!r}, {target})")
    assert read(old_word) == reading.SourceText(SENTENCE, "doc")


def test_an_old_word_file_that_libreoffice_gives_up_on(programs: Path, old_word: Path) -> None:
    fake_program(programs, "soffice", "")
    with pytest.raises(ReadError, match="LibreOffice cannot read this"):
        read(old_word)


def test_an_old_word_file_that_antiword_fails_on(programs: Path, old_word: Path) -> None:
    fake_program(programs, "antiword", "sys.exit(1)")
    with pytest.raises(ReadError, match="antiword cannot read this"):
        read(old_word)


@pytest.mark.shared
def test_real_documents_are_read_and_their_scans_refused() -> None:
    if not SHARED.exists():
        pytest.skip("no real documents beside the repository")
    paths = [p for folder in ("seeds", "corpus") for p in (SHARED / folder).iterdir()]
    for path in paths:
        if path.stem.endswith("-scan"):
            with pytest.raises(ReadError, match="a scan without a text layer"):
                read(path)
        else:
            assert len(clean(read(path).text).text) > 1000, path
