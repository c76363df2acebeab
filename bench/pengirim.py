"""A lean client in a process of its own: raw sockets, one thread, a request per connection at once.

It costs a fraction of what the server does (`biaya`), answers are read no further than needed, and
it stops after the given number. Addresses other than this machine's own are refused.
"""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles

END = b"\r\n\r\n"
SELESAI = 60.0
"""Seconds without any answer after which a run is given up."""


@dataclass(frozen=True, slots=True)
class Hasil:
    """What a run took (s): all of it, the middle and slowest requests, the client's own work.

    `dijawab` are the requests that were answered as expected.
    """

    detik: float
    p50: float
    p99: float
    terlama: float
    biaya: float
    dijawab: int


class _Line:
    """One connection and what it waits for."""

    __slots__ = ("buffer", "conn", "missing", "number", "since")

    def __init__(self, conn: socket.socket) -> None:
        self.conn, self.buffer, self.missing = conn, b"", -1
        self.number, self.since = 0, 0.0

    def received(self) -> bytes | None:
        """Read what has come; return the head of the answer once it is whole."""
        data = self.conn.recv(65536)
        if not data:
            raise ConnectionError("the server closed the connection")
        self.buffer += data
        if self.missing < 0:
            end = self.buffer.find(END)
            if end < 0:
                return None
            head = self.buffer[:end].lower()
            at = head.find(b"content-length: ")
            length = int(head[at + 16 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            self.missing = end + len(END) + length
        if len(self.buffer) < self.missing:
            return None
        whole, self.buffer, self.missing = self.buffer, b"", -1
        return whole


def send(
    port: int, requests: Iterator[bytes], n: int, connections: int, expected: bytes
) -> tuple[Hasil, list[tuple[int, bytes]]]:
    """Send n requests over so many connections; return the figures and the answers by number."""
    lines = [_Line(socket.create_connection(("127.0.0.1", port))) for _ in range(connections)]
    watch = selectors.DefaultSelector()
    took: deque[float] = deque()
    answers: list[tuple[int, bytes]] = []
    sent = 0

    def start(line: _Line) -> None:
        nonlocal sent
        request = next(requests)
        line.number, line.since = sent, time.perf_counter()
        line.conn.sendall(request)
        sent += 1

    for line in lines:
        line.conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        watch.register(line.conn, selectors.EVENT_READ, line)
    began, own = time.perf_counter(), time.process_time()
    for line in lines[:n]:
        start(line)
    while len(took) < n:
        ready = watch.select(SELESAI)
        if not ready:
            raise TimeoutError("no answer any more")
        for key, _ in ready:
            line = key.data
            whole = line.received()
            if whole is None:
                continue
            took.append(time.perf_counter() - line.since)
            if whole.startswith(expected):
                answers.append((line.number, whole))
            if sent < n:
                start(line)
    seconds, cost = time.perf_counter() - began, time.process_time() - own
    for line in lines:
        line.conn.close()
    cuts = quantiles(took, n=100) if len(took) > 1 else [took[0]] * 99
    found = Hasil(seconds, cuts[49], cuts[98], max(took), cost / n, len(answers))
    return found, answers


def posts(paths: Sequence[str], awalan: str, layanan: Sequence[str]) -> Iterator[bytes]:
    """Yield sheets of nine answers and two profile fields, each with an id of its own."""
    number = 0
    while True:
        path, kind = paths[number % len(paths)], layanan[number * 5 % len(layanan)]
        marks = "&".join(f"u{i}={3 + (number + i) % 2}" for i in range(1, 10))
        body = (
            f"{marks}&layanan={kind}&jenis_kelamin=P&usia=35&saran=&id_kirim={awalan}{number:010}"
        )
        yield (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()
        number += 1


def gets(paths: Sequence[str]) -> Iterator[bytes]:
    """Yield requests for the empty form."""
    whole = [
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode()
        for path in paths
    ]
    number = 0
    while True:
        yield whole[number % len(whole)]
        number += 1


def main() -> int:
    """Do what the JSON file named on the command line says, and print the figures as JSON."""
    order = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    if order["cara"] == "kirim":
        requests = posts(order["alamat"], order["awalan"], order["layanan"])
        expected = b"HTTP/1.1 303"
    else:
        requests, expected = gets(order["alamat"]), b"HTTP/1.1 200"
    found, _ = send(order["port"], requests, order["n"], order["sambungan"], expected)
    sys.stdout.write(json.dumps(asdict(found)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
