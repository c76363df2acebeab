"""An office on two nodes: PostgreSQL, two programs, and nginx with the file that offices get."""

from __future__ import annotations

import http.client
import os
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from .running import ROOT, Server, free_port, serve, stop

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CONF = ROOT / "deploy" / "nginx" / "skm.conf"
MAIN = """
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
worker_processes 1;
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/badan;
    proxy_temp_path {folder}/titipan;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    log_format simpul '$upstream_addr $request_method $uri';
    include {folder}/skm.conf;
}}
"""


@dataclass(frozen=True)
class Kantor:
    """The address that people open, the nodes behind it, and what nginx sent where."""

    port: int
    plain_port: int
    nodes: list[Server]
    folder: Path
    settings: dict[str, str]

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """One request over TLS with a certificate of our own; redirects are not followed."""
        context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        asking = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=context)
        try:
            asking.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
            answer = asking.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            asking.close()

    def routed(self, path: str) -> list[str]:
        """The nodes that were asked for a path, in order; several for one that was asked twice."""
        lines = (self.folder / "rute.log").read_text(encoding="utf-8").splitlines()
        found = [line.rsplit(" ", 2) for line in lines]
        return [nodes for nodes, _, asked in found if asked == path]

    @property
    def places(self) -> list[str]:
        """The nodes as nginx's log names them."""
        return [node.address.removeprefix("http://") for node in self.nodes]

    @contextmanager
    def without(self, number: int) -> Iterator[None]:
        """A node is killed at once, and is there again at the end."""
        node = self.nodes[number]
        node.process.kill()
        node.process.wait()
        try:
            yield
        finally:
            port = int(node.address.rpartition(":")[2])
            self.nodes[number] = serve(node.folder, port=port, **self.settings)


def with_own_places(text: str, folder: Path, ports: tuple[int, int], nodes: list[str]) -> str:
    """The file with addresses, ports and paths of this test; every one must be there."""
    port, plain = ports
    for old, new in {
        "simpul-1:8501": nodes[0],
        "simpul-2:8501": nodes[1],
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen [::]:80;": "# listen [::]:80;",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
        "listen [::]:443 ssl http2;": "",
        "/etc/ssl/skm/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
        "access_log off;": f"access_log {folder}/rute.log simpul;",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def two_nodes(folder: Path, database_url: str) -> Iterator[Kantor]:
    """Give a running office; skip where nginx is not on this machine."""
    if NGINX is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs nginx")
        pytest.skip("no nginx on this machine")
    make_certificate(folder)
    port, plain = free_port(), free_port()
    shared = {
        "SKM_DATABASE_URL": database_url,
        "SKM_PROXY": "127.0.0.1",
        "SKM_URL_PUBLIK": f"https://127.0.0.1:{port}",
    }
    with ExitStack() as stack:
        kantor = Kantor(port, plain, [], folder, shared)
        stack.callback(lambda: [stop(node) for node in kantor.nodes])
        for name in ("satu", "dua"):
            (folder / name).mkdir()
            kantor.nodes.append(serve(folder / name, **shared))
        text = CONF.read_text(encoding="utf-8")
        text = with_own_places(text, folder, (port, plain), kantor.places)
        (folder / "skm.conf").write_text(text, encoding="utf-8")
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder), encoding="utf-8")
        stack.enter_context(_nginx(folder))
        _wait_for(kantor)
        yield kantor


@contextmanager
def _nginx(folder: Path) -> Iterator[None]:
    command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "[warn]" not in tested.stderr, tested.stderr
    process = subprocess.Popen([*command, "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(kantor: Kantor) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            assert kantor.ask("GET", "/sehat")[0] == 200
            return
        except OSError:
            assert time.monotonic() < deadline, "nginx does not answer"
            time.sleep(0.05)


def make_certificate(folder: Path) -> None:
    """A certificate of our own for this machine, as an office's certificate would lie there."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
