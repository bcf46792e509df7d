"""Word files from before 2007 (.doc), through LibreOffice or antiword where one of them is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from graph.errors import ReadError
from ingest.reading.docx import read_docx
from ingest.reading.run_on_tables import laid_out
from ingest.reading.wrapped_tables import unwrapped

_PATIENCE = 120  # seconds; LibreOffice needs some ten to start
_MEND = "install LibreOffice or antiword, or save it as .docx"


def read_doc(data: bytes, name: str) -> str:
    """The text of a .doc file as light Markdown; LibreOffice keeps numbers and tables, antiword the words.

    Args:
        data: the file.
        name: what to call it in an error.

    Raises:
        ReadError: it has a password, is no Word file, or neither program is there or can read it.
    """
    if _stream("EncryptedPackage") in data:
        raise ReadError(f"{name}: a DOCX with a password", "save a copy without the password")
    if _stream("WordDocument") not in data:
        raise ReadError(f"{name}: an Office file, but no Word document", "save its text as .docx")
    office, antiword = shutil.which("soffice") or shutil.which("libreoffice"), shutil.which("antiword")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.doc"
        source.write_bytes(data)
        if office:
            profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
            _run([office, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(source)], name)
            converted = source.with_suffix(".docx")
            if not converted.exists():
                raise ReadError(f"{name}: LibreOffice cannot read this .doc", "save it as .docx")
            return read_docx(converted.read_bytes(), name)
        if antiword:
            return laid_out(unwrapped(_run([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)], name)))
    raise ReadError(f"{name}: a Word file from before 2007 (.doc)", _MEND)


def _stream(stream: str) -> bytes:
    """How the name of a stream stands in an OLE container."""
    return stream.encode("utf-16-le")


def _run(command: list[str], name: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True)
    except (subprocess.SubprocessError, OSError) as error:
        program = Path(command[0]).name
        raise ReadError(f"{name}: {program} cannot read this .doc", "save it as .docx") from error
    return done.stdout.decode("utf-8", "replace")
