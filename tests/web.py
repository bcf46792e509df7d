"""The web application as `vanmach serve` runs it, on a port of this machine, for the tests that ask it."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from tests.served import free_port
from vanmach.web.access import Access
from vanmach.web.collection import Collection, WorkspaceCollection
from vanmach.web.running import bound, opened, server

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Web:
    """A running application, and a client of it that follows no redirect."""

    port: int
    client: httpx.Client
    collection: Collection

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(path, headers=headers)

    def json(self, path: str) -> Any:
        """What an address of the interface gives, below /api/v1."""
        answer = self.client.get(f"/api/v1{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return self.client.post(f"/api/v1{path}", json=body, headers=headers)

    def send(self, page: str, to: str, data: Mapping[str, str] | None = None, files: Any = None) -> httpx.Response:
        """What is answered to a form of a page, which goes with the page's token."""
        (token, *_) = re.findall(r'name="token" value="([^"]+)"', self.get(page).text)
        return self.client.post(to, data={**(data or {}), "token": token}, files=files)

    def document(self, symbol: str) -> str:
        """The id of the one document with a symbol."""
        (found,) = [d for d in self.json(f"/documents?text={quote(symbol)}")["rows"] if d["symbol"] == symbol]
        return str(found["id"])


@contextmanager
def serving(collection: Collection, password: str | None = None) -> Iterator[Web]:
    """Serve a collection, which is closed at the end of the block."""
    port = free_port()
    with bound(HOST, port) as listening, opened(collection, Access(password), HOST) as application:
        running = server(application)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.01)
        with httpx.Client(base_url=f"http://{HOST}:{port}", timeout=60, trust_env=False) as client:
            yield Web(port, client, collection)
        running.should_exit = True
        thread.join(20)


def copied(workspace: Path, place: Path) -> Path:
    """A workspace with the same in it, for a test that changes it or has the other open."""
    shutil.copytree(workspace, place, ignore=shutil.ignore_patterns("lock", "holders"))
    return place


def serving_folder(workspace: Path, password: str | None = None) -> Any:
    """`serving` a workspace's folder."""
    return serving(WorkspaceCollection(workspace), password)
