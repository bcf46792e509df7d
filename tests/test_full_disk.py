"""A disk without room: one line that names the file; and with room again, all is as if it had always been there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
MEGABYTES = 96
ROOM = [0, 30_000, 150_000, 600_000, 2_500_000]
"""Bytes that are left: too few for a record, for the index, for what the store needs."""

# a disk of its own: a tmpfs in a namespace that ends with the process
ON_A_SMALL_DISK = """
import json, os, sys
from pathlib import Path
from tests.command import vanmach
from tests.papers import TEXTS

folder, room = Path(sys.argv[1]), int(sys.argv[2])
workspace, filler = folder / "workspace", folder / "filler"
first, *others = sorted(TEXTS)
papers = Path(sys.argv[3])
for name, texts in TEXTS.items():
    (papers / name).write_text(texts[0], "utf-8")

def said(done):
    return {"code": done.code, "err": done.err}

def exported():
    assert vanmach("export", "--format", "json", "-o", papers / "graph.json", "-w", workspace).code == 0
    return (papers / "graph.json").read_text("utf-8")

told = {"first": said(vanmach("ingest", papers / first, "-w", workspace))}
with filler.open("wb") as stream:
    disk = os.statvfs(folder)
    os.posix_fallocate(stream.fileno(), 0, max(disk.f_bavail * disk.f_frsize - room, 1))
told["full"] = [said(vanmach("ingest", papers / name, "-w", workspace)) for name in others]
told["rebuild"] = said(vanmach("rebuild", "-w", workspace))
filler.unlink()
told["asked"] = said(vanmach("units", "21-CT/TW", "-w", workspace))
told["again"] = [said(vanmach("ingest", papers / name, "-w", workspace)) for name in others]
kept = exported()
told["rebuilt"] = said(vanmach("rebuild", "-w", workspace))
told["same"] = kept == exported()
told["all"] = all(name in kept for name in TEXTS)
print(json.dumps(told))
"""


def on_a_small_disk(tmp_path: Path, room: int) -> dict[str, Any]:
    """What the commands said, by step."""
    disk, papers = tmp_path / "disk", tmp_path / "papers"
    disk.mkdir()
    papers.mkdir()
    mount = f'mount -t tmpfs -o size={MEGABYTES}m tmpfs {disk} && exec {sys.executable} -c "$PROGRAM" "$@"'
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", mount, "sh", str(disk), str(room), str(papers)]
    environment = {**os.environ, "PROGRAM": ON_A_SMALL_DISK, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def small_disks_can_be_had() -> bool:
    tried = ["unshare", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /tmp"]
    return (
        shutil.which("unshare") is not None and subprocess.run(tried, capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not small_disks_can_be_had(), reason="no disk of its own can be had here (unshare, tmpfs)")
@pytest.mark.parametrize("room", ROOM)
def test_a_full_disk_is_one_line_and_nothing_is_lost(tmp_path: Path, room: int) -> None:
    told = on_a_small_disk(tmp_path, room)
    assert told["first"]["code"] == 0
    for done in [*told["full"], told["rebuild"]]:
        assert "Traceback" not in done["err"]
        if done["code"]:
            assert str(tmp_path) in done["err"], "the file is named"
    assert any(done["code"] for done in [*told["full"], told["rebuild"]]), "there was no room, and nobody noticed"
    assert [done["code"] for done in (told["asked"], *told["again"], told["rebuilt"])] == [0] * (len(told["again"]) + 2)
    assert told["same"]
    assert told["all"]
