"""`masuk.toml` in the data folder: which identity provider the office has. No file, no provider."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from skm.luar.nama import EMAIL, NamaLuar, clean_outside
from skm.pesan import SkmError, message
from skm.settings import LOOPBACK, OUTSIDE, Settings

RAHASIA = "SKM_MASUK_RAHASIA"
KEMBALI = "/masuk/luar/kembali"
_LINE = re.compile(r"at line (\d+)")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")

Teks = Annotated[str, Field(min_length=1, max_length=500)]


class _Berkas(BaseModel):
    """The file's shape: unknown keys refused."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, hide_input_in_errors=True, defer_build=True
    )

    issuer: Teks
    client_id: Teks
    client_secret: SecretStr | None = None
    client_secret_berkas: Teks | None = None
    label: Annotated[str, Field(min_length=1, max_length=60)] = "Masuk dengan akun kantor"
    klaim: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:/-]{1,80}$")] = EMAIL
    domain: str = ""


class MasukLuar(BaseModel):
    """A provider as it is used. `kembali` is our address that it sends people back to."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    issuer: str
    client_id: str
    client_secret: SecretStr
    label: str
    klaim: str
    domain: str
    kembali: str


def load_outside(settings: Settings, environ: Mapping[str, str] = os.environ) -> MasukLuar | None:
    """Return the office's provider; None where there is no file.

    Raises SkmError `luar-berkas-salah` for a file that cannot be used, with the first fault.
    """
    path = settings.outside
    if not path.exists():
        return None
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong("berkas", "luar-tak-terbaca") from error
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        raise _wrong(f"baris {line[1]}" if line else "akhir berkas", "luar-toml") from None
    try:
        found = _Berkas.model_validate(raw)
    except ValidationError as error:
        # Values are never shown: the secret may stand in the wrong place.
        raise _translated(error) from None
    return MasukLuar(
        issuer=_checked_issuer(found.issuer),
        client_id=found.client_id,
        client_secret=SecretStr(_secret(found, path.parent, environ)),
        label=found.label,
        klaim=found.klaim,
        domain=_checked_domain(found),
        kembali=_own_address(settings) + KEMBALI,
    )


def outside_name(penyedia: MasukLuar, text: str) -> str:
    """Return what an account stores that waits for the person of this name.

    Raises SkmError `luar-nama-salah`, `luar-domain`.
    """
    nilai = clean_outside(penyedia.klaim, text, penyedia.domain)
    return str(NamaLuar(penyedia.issuer, penyedia.klaim, nilai))


def is_safe_address(text: str) -> bool:
    """Return whether an address may carry secrets: over TLS, or on this machine."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    here = parts.scheme == "http" and parts.hostname in LOOPBACK
    return bool(parts.hostname) and not parts.username and (parts.scheme == "https" or here)


def _checked_issuer(text: str) -> str:
    parts = urlsplit(text) if is_safe_address(text) else None
    if parts is None or parts.query or parts.fragment or "|" in text or " " in text:
        raise _wrong("issuer", "luar-issuer")
    return text


def _checked_domain(found: _Berkas) -> str:
    domain = found.domain.strip().lower().removeprefix("@")
    if domain and (found.klaim != EMAIL or not _DOMAIN.fullmatch(domain)):
        raise _wrong("domain", "luar-domain-salah")
    return domain


def _secret(found: _Berkas, folder: Path, environ: Mapping[str, str]) -> str:
    """Return the client's secret from the one place where it is."""
    written = found.client_secret.get_secret_value() if found.client_secret else ""
    given = [written, environ.get(RAHASIA, "")]
    if found.client_secret_berkas:
        try:
            given.append((folder / found.client_secret_berkas).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            raise _wrong("client_secret_berkas", "luar-tak-terbaca") from None
    secrets = [text.strip() for text in given if text.strip()]
    if len(secrets) != 1:
        raise _wrong("client_secret", "luar-rahasia")
    return secrets[0]


def _own_address(settings: Settings) -> str:
    if settings.public_url is None and not settings.only_this_machine:
        raise _wrong("SKM_URL_PUBLIK", "luar-url-publik")
    return settings.public_url or settings.address


def _translated(error: ValidationError) -> SkmError:
    first = error.errors(include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])[:60] or "berkas"
    kode = {"missing": "luar-kurang", "extra_forbidden": "luar-kunci-asing"}.get(first["type"])
    return _wrong(place, kode or "luar-bentuk")


def _wrong(tempat: str, kode: str) -> SkmError:
    return SkmError("luar-berkas-salah", berkas=OUTSIDE, tempat=tempat, pesan=message(kode))
