"""A server in a process of its own: started, waited for, and stopped."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.terpisah import ROOT

_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Peladen:
    """A running server: where it is, its process, and the seconds until its first answer."""

    alamat: str
    pid: int
    detik: float


@contextmanager
def running(command: str, folder: Path, environ: Mapping[str, str]) -> Iterator[Peladen]:
    """Start `python command…` ("{port}" is a free port) and stop it after the block.

    Raises RuntimeError where it does not answer.
    """
    port = free_port()
    arguments = [sys.executable, *command.format(port=port).split()]
    env = user_environ() | {"SKM_PORT": str(port), "SKM_CADANGAN": "mati"}
    env |= {"PYTHONPATH": str(ROOT), **environ}
    start = time.perf_counter()
    process = subprocess.Popen(
        arguments, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/_stcore/health", process)
        yield Peladen(address, process.pid, time.perf_counter() - start)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def user_environ() -> dict[str, str]:
    """Return the environment without what is set for tests.

    Python may keep what it compiled, as it does for everybody who starts the program twice.
    """
    ours = ("SKM_", "PYTEST", "PYTHONDONTWRITEBYTECODE")
    return {k: v for k, v in os.environ.items() if not k.startswith(ours)}


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not _answers(address):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"no answer from {address}")
        time.sleep(0.01)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
