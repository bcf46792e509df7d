"""The embedded store served over Bolt on this machine, by ArcadeDB's own plugin, to Neo4j's drivers and tools.

Read-only is the engine's own doing: an account that may not write has no right to. The database itself cannot be open
for reading only, for then the engine begins no transaction, and Neo4j's drivers ask within one.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph import jvm
from graph.arcade import one_line
from graph.embedded import EDITED, GRAPH, WRITING, EmbeddedStore, lock
from graph.errors import StoreError
from graph.store import STANDARD_LIMITS, Limits

HOST = "127.0.0.1"

_RECORDS = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
_NOTHING: dict[str, Any] = {"access": [], "types": {"*": {"access": []}}}
_GROUPS = {
    # who is in no group, or the engine's own administrator, may do nothing
    "*": _NOTHING,
    "admin": _NOTHING,
    "reader": {"access": [], "types": {"*": {"access": ["readRecord"]}}},
    "writer": {"access": ["updateSchema"], "types": {"*": {"access": _RECORDS}}},
}


@dataclass(frozen=True, slots=True)
class Account:
    """Who may ask, and whether to write too."""

    name: str
    password: str = field(repr=False)
    write: bool = False


class BoltServer:
    """A store's folder, served from the moment when this is made until it is closed.

    Args:
        path: the folder of an `EmbeddedStore` that no process has open.
        accounts: who may ask, and whether to write.
        port: of the loopback interface.
        limits: how long a query may take; how many rows it gives is the asker's affair, who takes them one by one.

    Raises:
        WorkspaceBusy: another process has the folder open.
        StoreError: there is nothing to serve, or the port is taken.
    """

    def __init__(
        self, path: Path, accounts: Sequence[Account], port: int = 7687, limits: Limits = STANDARD_LIMITS
    ) -> None:
        self.uri = f"bolt://{HOST}:{port}"
        self._path = path
        self._folder = path / ".server"  # the engine takes no folder for a database whose name begins with a dot
        self._resources = ExitStack()
        self._open = False
        with EmbeddedStore(path) as store:
            store.counts()  # says what is wrong with it, if anything is
        arcadedb = jvm.engine(path.resolve())
        try:
            self._resources.enter_context(lock(path, shared=False))
            self._resources.enter_context(jvm.warnings_in(path / "engine.log"))
            self._resources.callback(shutil.rmtree, self._folder, ignore_errors=True)
            timeout = jvm.java_class("com.arcadedb.GlobalConfiguration").COMMAND_TIMEOUT
            timeout.setValue(int(limits.seconds * 1000))
            self._start(arcadedb, accounts, port)
        except BaseException:
            self.close()
            raise

    def _start(self, arcadedb: Any, accounts: Sequence[Account], port: int) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)  # of a server that was killed
        (self._folder / "config").mkdir(mode=0o700, parents=True)
        groups = {"version": 2, "databases": {"*": {"groups": _GROUPS}}}
        (self._folder / "config" / "server-groups.json").write_text(json.dumps(groups), "utf-8")
        # nobody knows the administrator's password, and its groups may do nothing
        server = arcadedb.create_server(str(self._folder), secrets.token_urlsafe(32), self._settings(port))
        self._open = True
        (self._path / WRITING).touch()
        if any(account.write for account in accounts):
            (self._path / EDITED).touch()
        try:
            server.start()
        except arcadedb.ArcadeDBError as error:
            if "Unable to listen" in str(error):
                raise StoreError(f"port {port} of this machine is in use", "name another with --port") from error
            raise StoreError(f"{self._path} cannot be served: {one_line(error)}") from error
        self._resources.callback(server.stop)
        java = server._java_server
        # the engine has an HTTP server that cannot be left out; here nobody is to find it
        java.getHttpServer().stopService()
        users = java.getSecurity()
        for account in accounts:
            known = {
                "name": account.name,
                "password": str(users.encodePassword(account.password)),
                "databases": {GRAPH: ["writer" if account.write else "reader"]},
            }
            users.createUser(jvm.java_class("com.arcadedb.serializer.json.JSONObject")(json.dumps(known)))

    def _settings(self, port: int) -> dict[str, Any]:
        return {
            "host": HOST,
            "http_port": "0",  # any: it is closed again
            "server_databaseDirectory": str(self._path.resolve()),
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "server_metrics": False,
            "bolt_port": str(port),
            "bolt_defaultDatabase": GRAPH,
            "support_autoRegister": False,  # reports to nobody
            "txWalFlush": 1,  # what is acknowledged is on the disk
        }

    def close(self) -> None:
        """End it; what was written is kept. A server may be closed twice."""
        was_open, self._open = self._open, False
        self._resources.close()
        if was_open:
            EmbeddedStore(self._path).close()  # takes note of what was written

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
