"""The two ways to start, as a person types them."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from .running import ROOT, Server, free_port, serve, stop


def test_python_app_py_prints_its_address(server: Server) -> None:
    assert f"SKM siap di {server.address}" in server.output()
    assert (server.folder / "data" / "skm.db").exists()
    assert "Traceback" not in server.output()


def test_stopping_is_quiet(server: Server) -> None:
    server.process.send_signal(signal.SIGINT)
    server.process.wait(15)
    assert "Traceback" not in server.output()


def test_streamlit_run_works_too(tmp_path: Path) -> None:
    port = free_port()
    command = ("-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port))
    running = serve(tmp_path, *command, port=port)
    try:
        assert f"SKM siap di {running.address}" in running.output()
    finally:
        stop(running)


@pytest.mark.parametrize(
    ("environ", "part"),
    [({"SKM_PORT": "abc"}, "SKM_PORT"), ({"SKM_DATABASE_URL": "mysql://x/y"}, "basis data")],
)
def test_a_wrong_setting_is_one_sentence(tmp_path: Path, environ: dict, part: str) -> None:
    env = {"SKM_DATA": str(tmp_path), "PATH": "", "PYTHONIOENCODING": "utf-8", **environ}
    command = [sys.executable, str(ROOT / "app.py")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert part in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        env = {"SKM_DATA": str(tmp_path), "SKM_PORT": str(port), "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, str(ROOT / "app.py")]
        done = subprocess.run(
            command, env=env, capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 2
    assert str(port) in done.stderr
    assert "Traceback" not in done.stderr
