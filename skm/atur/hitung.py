"""How the IKM is calculated, and the targets, as a person types them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from skm.angka import parse_number
from skm.atur.dokumen import get, read, set_value, set_values
from skm.atur.kuesioner import unsur_names
from skm.metode import named_methods
from skm.periode import Periode, parse_period
from skm.pesan import SkmError

SENDIRI = "sendiri"
"""How weights of the office's own are chosen beside 1/k, 0.111 and 0.11."""


class Target(StrEnum):
    """Which target; the value is its key in the file."""

    IKM = "target"
    RESPONDEN = "target_responden"


def method(data: Mapping[str, Any]) -> str:
    """Return the method's name."""
    return str(get(data, ("metode", "nama"), "penuh"))


def has_own_stages(data: Mapping[str, Any]) -> bool:
    """Return whether the file declares a method of the office's own."""
    return get(data, ("metode", "tahap")) is not None


def set_method(text: str, nama: str) -> str:
    """Return the text with a named method; stages of the office's own go with its name."""
    values: dict[tuple[str, ...], object | None] = {("metode", "nama"): nama}
    if nama in named_methods():
        values |= {("metode", key): None for key in ("tahap", "jalur", "terbawa")}
    return set_values(text, values)


def weight(data: Mapping[str, Any]) -> str:
    """Return the weight: 1/k, 0.111, 0.11, or `SENDIRI`."""
    if get(data, ("metode", "bobot_sendiri")) is not None:
        return SENDIRI
    return str(get(data, ("metode", "bobot"), "1/k")).replace(",", ".")


def set_weight(text: str, bobot: str) -> str:
    """Return the text with a weight; the office's own begin empty, to be filled in."""
    if bobot != SENDIRI:
        return set_values(text, {("metode", "bobot"): bobot, ("metode", "bobot_sendiri"): None})
    if weight(read(text)) == SENDIRI:
        return text
    own = dict.fromkeys(unsur_names(read(text)), "")
    return set_value(text, ("metode", "bobot_sendiri"), own)


def own_weights(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the office's own weights by unsur name, as typed, with a decimal comma."""
    found = get(data, ("metode", "bobot_sendiri"), {})
    return {nama: str(found.get(nama, "")).replace(".", ",") for nama in unsur_names(data)}


def set_own_weight(text: str, nama: str, typed: str) -> str:
    """Return the text with the weight of one unsur."""
    weights = {n: w.replace(",", ".") for n, w in own_weights(read(text)).items()}
    return set_value(
        text, ("metode", "bobot_sendiri"), {**weights, nama: typed.strip().replace(",", ".")}
    )


def targets(data: Mapping[str, Any], target: Target) -> dict[str, str]:
    """Return the targets by period code, as a person reads them: "85,15"."""
    return {
        _code(str(kode)): str(value).replace(".", ",")
        for kode, value in get(data, (target.value,), {}).items()
    }


def set_target(text: str, target: Target, periode: Periode, typed: str) -> str:
    """Return the text with the target of a period; an empty one takes it out.

    What is no number stays as it was typed, so that the check can name it.
    """
    known = get(read(text), (target.value,), {})
    key = next((k for k in known if _code(k) == periode.kode), periode.kode)
    return set_value(text, (target.value, key), _target_value(target, typed.strip()))


def _target_value(target: Target, typed: str) -> object | None:
    if not typed:
        return None
    if target is Target.RESPONDEN:
        plain = typed.replace(".", "").replace(" ", "")
        return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else typed
    try:
        return str(parse_number(typed))
    except ValueError:
        return typed


def _code(kode: str) -> str:
    try:
        return parse_period(kode).kode
    except SkmError:
        return kode
