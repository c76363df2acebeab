"""Where the program listens and keeps its data: environment variables with sane defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from skm.catatan import Bentuk
from skm.pesan import SkmError

ROOT = Path(__file__).resolve().parents[1]
SURVEYS = ROOT / "surveys"
DATABASE = "skm.db"
LETTERHEAD = "kop.docx"
OUTSIDE = "masuk.toml"
COPIES = "cadangan"
SHORTEST_KEY = 16
Network = IPv4Network | IPv6Network
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the variables SKM_… say, or their defaults.

    `public_url` is how citizens reach the program, as posters print it; None where nobody said.
    Many answers from the `office_networks` are normal and never limited. The `proxies` are believed
    when they say who asked them, and whether encrypted.
    """

    host: str
    port: int
    data: Path
    database_url: str
    public_url: str | None = None
    office_networks: tuple[Network, ...] = ()
    daily_copies: bool = True
    log: Bentuk = "teks"
    metrics_key: str | None = None
    proxies: tuple[Network, ...] = ()

    @property
    def address(self) -> str:
        """Return the address that a person on this machine opens."""
        host = "127.0.0.1" if self.host == "0.0.0.0" else self.host  # noqa: S104
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def form_address(self, kode: str) -> str:
        """Return the address of the form of one placement, as a poster prints it."""
        return f"{self.public_url or self.address}/isi/{kode}"

    @property
    def replies_address(self) -> str:
        """Return where a citizen types the code of a remark, as one reads it out; "" if unknown."""
        return f"{urlsplit(self.public_url).netloc}/saran" if self.public_url else ""

    @property
    def letterhead(self) -> Path:
        """Return where the office's letterhead for reports lies, if it has one."""
        return self.data / LETTERHEAD

    @property
    def outside(self) -> Path:
        """Return where the office's identity provider is described, if it has one."""
        return self.data / OUTSIDE

    @property
    def copies(self) -> Path | None:
        """Return the folder of the daily copies; None where none are to be made."""
        return self.data / COPIES if self.daily_copies else None

    @property
    def public_host(self) -> str | None:
        """Return the host name of the public address."""
        return urlsplit(self.public_url).hostname if self.public_url else None

    @property
    def only_this_machine(self) -> bool:
        """Return whether nobody but this machine can reach the program."""
        return self.host in LOOPBACK


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings.

    Raises SkmError `port-salah`, `url-publik-salah`, `jaringan-kantor-salah`, `proxy-salah`,
    `cadangan-pengaturan-salah`, `log-salah` or `kunci-ukuran-pendek`.
    """
    port = environ.get("SKM_PORT", "8501")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise SkmError("port-salah", nilai=port)
    data = Path(environ.get("SKM_DATA") or ROOT / "data").resolve()
    url = environ.get("SKM_DATABASE_URL") or f"sqlite:///{(data / DATABASE).as_posix()}"
    public = _public_url(environ.get("SKM_URL_PUBLIK", "").strip())
    networks = _networks(environ.get("SKM_JARINGAN_KANTOR", ""))
    host = environ.get("SKM_HOST") or "127.0.0.1"
    copies = _daily_copies(environ.get("SKM_CADANGAN", "").strip(), url)
    log = environ.get("SKM_LOG", "").strip() or "teks"
    if log not in ("teks", "json"):
        raise SkmError("log-salah", nilai=log)
    key = environ.get("SKM_KUNCI_UKURAN", "").strip() or None
    if key is not None and len(key) < SHORTEST_KEY:
        raise SkmError("kunci-ukuran-pendek", batas=SHORTEST_KEY)
    return Settings(
        host,
        int(port),
        data,
        url,
        public,
        networks,
        copies,
        "json" if log == "json" else "teks",
        key,
        _proxies(environ.get("SKM_PROXY", "")),
    )


def _daily_copies(text: str, url: str) -> bool:
    """Return what was chosen; a PostgreSQL server usually has copies of its own."""
    if text not in ("", "hidup", "mati"):
        raise SkmError("cadangan-pengaturan-salah", nilai=text)
    return text == "hidup" or (not text and url.startswith("sqlite"))


def _networks(text: str) -> tuple[Network, ...]:
    """Return the office's networks, and this machine: a proxy on it speaks for every citizen."""
    try:
        return (ip_network("127.0.0.0/8"), ip_network("::1/128"), *_parse_networks(text))
    except ValueError as error:
        raise SkmError("jaringan-kantor-salah", nilai=text) from error


def _proxies(text: str) -> tuple[Network, ...]:
    """Return the networks of our own proxies; the whole world is none of them."""
    try:
        networks = _parse_networks(text)
    except ValueError as error:
        raise SkmError("proxy-salah", nilai=text) from error
    if any(network.prefixlen == 0 for network in networks):
        raise SkmError("proxy-salah", nilai=text)
    return networks


def _parse_networks(text: str) -> tuple[Network, ...]:
    """Return networks and addresses divided by commas. Raises ValueError."""
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def _public_url(text: str) -> str | None:
    if not text:
        return None
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    except ValueError:
        good = False
    if not good or parts.path.strip("/") or parts.query or parts.fragment:
        raise SkmError("url-publik-salah", nilai=text)
    return f"{parts.scheme}://{parts.netloc}"
