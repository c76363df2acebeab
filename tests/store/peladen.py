"""A PostgreSQL server of a test's own, which it may stop, freeze and start again."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER = "postgres"


class Peladen:
    """A cluster in a folder; `url` is the address of its database."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/postgres"
        self._run("initdb", "--auth=trust", f"--username={USER}", "--encoding=UTF8", "--no-sync")

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        self._run("pg_ctl", "start", "--wait", "-o", options, "-l", str(self._folder / "catatan"))

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--wait", "--mode=immediate")

    def restart(self) -> None:
        self.stop()
        self.start()

    def _run(self, program: str, *words: str) -> None:
        # The server refuses to run as root; anybody else runs it as himself.
        other = {"user": USER, "group": USER, "extra_groups": []} if os.getuid() == 0 else {}
        command = [str(self._programs / program), "-D", str(self._folder / "data"), *words]
        subprocess.run(
            command, cwd=self._folder, check=True, stdout=subprocess.DEVNULL, timeout=60, **other
        )


@contextmanager
def own_server() -> Iterator[Peladen]:
    """Give a running server; skip where PostgreSQL's programs are not on this machine."""
    programs = _programs()
    # Not below the test's own folder: that is root's, and the server's user cannot enter it.
    folder = Path(tempfile.mkdtemp(prefix=f"skm-{secrets.token_hex(4)}-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, USER, USER)
        server = Peladen(programs, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    if not hasattr(os, "getuid"):
        pytest.skip("a server of its own needs POSIX users")
    found = [Path(p).parent for p in (shutil.which("initdb"),) if p]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    usable = [folder for folder in found if (folder / "initdb").exists()]
    if not usable or (os.getuid() == 0 and not _exists(USER)):
        pytest.skip("initdb or its user is not on this machine")
    return usable[0]


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
