"""A real server process and how to open a real browser, for journeys and for screenshots."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Server:
    """A running program: its address, its process, and the folder with its data and output."""

    address: str
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'data' / 'skm.db'}"

    def output(self) -> str:
        return (self.folder / "keluaran.txt").read_text(encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(folder: Path, *command: str, port: int | None = None, **settings: str) -> Server:
    """Start the program with settings (SKM_…) and wait until it answers."""
    port = port or free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SKM_", "PYTEST"))}
    env |= {"SKM_PORT": str(port), "SKM_DATA": str(folder / "data"), "PYTHONIOENCODING": "utf-8"}
    env |= settings
    with (folder / "keluaran.txt").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *(command or (str(ROOT / "app.py"),))],
            cwd=folder, env=env, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    server = Server(f"http://127.0.0.1:{port}", process, folder)
    deadline = time.monotonic() + 60
    while not _answers(server.address):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise RuntimeError(f"no answer from {server.address}:\n{server.output()}")
        time.sleep(0.1)
    return server


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False


def stop(server: Server) -> None:
    server.process.terminate()
    try:
        server.process.wait(10)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
