"""`akun`: accounts from the terminal, for whoever runs the program."""

from __future__ import annotations

import sys
from argparse import Namespace
from getpass import getpass

from skm.akun import TERMINAL, Peran, hash_password, make_password, parse_peran, role_names
from skm.akun.sandi import check_password_rules
from skm.analysis.table import Kolom, Tabel
from skm.cli.storing import plain_store
from skm.cli.terminal import note, say, show
from skm.luar.berkas import MasukLuar, load_outside, outside_name
from skm.luar.nama import NamaLuar
from skm.pesan import SkmError, message
from skm.settings import read_settings
from skm.store import Store
from skm.store.account_model import Akun, AkunBaru

_COLUMNS = ("Nama", "Peran", "Batas", "Keadaan", "Autentikator", "Akun kantor")


def _store() -> Store:
    return plain_store().acting(TERMINAL)


def show_list(_: Namespace) -> int:
    """Print all accounts; 1 where there is none."""
    with _store() as store:
        accounts = store.list_accounts()
    if not accounts:
        note(message("akun-daftar-kosong"))
        return 1
    kolom = tuple(Kolom(name) for name in _COLUMNS)
    show(Tabel("akun", "Akun", kolom, tuple(_row(akun) for akun in accounts)))
    return 0


def add(args: Namespace) -> int:
    """Make an account."""
    peran = parse_peran(args.peran.split(","))
    with _store() as store:
        if not store.has_accounts() and Peran.ADMIN not in peran:
            raise SkmError("akun-perlu-admin")
        luar = outside_name(_provider(), args.luar) if args.luar else ""
        if args.tanpa_sandi and not luar:
            raise SkmError("luar-tanpa-jalan")
        sandi, made_up = ("", False) if args.tanpa_sandi else _new_password(args, args.nama)
        sidik = hash_password(sandi) if sandi else ""
        made = store.add_account(AkunBaru(args.nama, peran, sidik, luar=luar))
    say(message("akun-dibuat", nama=made.nama, peran=role_names(made.peran)))
    if made_up:
        say(message("akun-sandi-sekali", nama=made.nama, sandi=sandi))
    return 0


def set_password(args: Namespace) -> int:
    """Give an account another password and sign out its browsers."""
    with _store() as store:
        nama = store.find_account(args.nama).nama
        sandi, made_up = _new_password(args, nama)
        store.set_password(nama, hash_password(sandi))
    say(message("akun-sandi-diganti", nama=nama))
    if made_up:
        say(message("akun-sandi-sekali", nama=nama, sandi=sandi))
    return 0


def set_roles(args: Namespace) -> int:
    """Give an account other roles."""
    with _store() as store:
        store.change_account(args.nama, peran=parse_peran(args.peran.split(",")))
    say(message("akun-diubah", nama=args.nama))
    return 0


def link(args: Namespace) -> int:
    """Let the person of this name at the office's identity provider use an account."""
    luar = outside_name(_provider(), args.luar)
    with _store() as store:
        store.change_account(args.nama, luar=luar)
    say(message("luar-akun-diubah", nama=args.nama, luar=args.luar.strip()))
    return 0


def unlink(args: Namespace) -> int:
    """Let nobody of the identity provider use an account any more."""
    with _store() as store:
        store.change_account(args.nama, luar="")
    say(message("luar-akun-dilepas", nama=args.nama))
    return 0


def _provider() -> MasukLuar:
    found = load_outside(read_settings())
    if found is None:
        raise SkmError("luar-belum-diatur")
    return found


def switch_off(args: Namespace) -> int:
    """Switch an account off."""
    with _store() as store:
        store.change_account(args.nama, aktif=False)
    say(message("akun-dinonaktifkan", nama=args.nama))
    return 0


def switch_on(args: Namespace) -> int:
    """Switch an account on again."""
    with _store() as store:
        store.change_account(args.nama, aktif=True)
    say(message("akun-diaktifkan", nama=args.nama))
    return 0


def drop_code(args: Namespace) -> int:
    """Take the authenticator of an account away, whose owner lost the phone."""
    with _store() as store:
        store.set_code(args.nama, "")
    say(message("akun-kode-dihapus", nama=args.nama))
    return 0


def _new_password(args: Namespace, nama: str) -> tuple[str, bool]:
    """Return the password, and whether it was made up here: asked for, piped in, or made up."""
    if args.acak:
        return make_password(), True
    if args.sandi_stdin:
        sandi = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        sandi = getpass("Kata sandi: ")
        if sandi != getpass("Ulangi kata sandi: "):
            raise SkmError("sandi-beda")
    else:
        raise SkmError("akun-sandi-tanpa-terminal")
    check_password_rules(sandi, nama)
    return sandi, False


def _row(akun: Akun) -> tuple[str, ...]:
    parts = [f"{b.survei_id}: {', '.join(sorted(b.titik | b.layanan))}" for b in akun.batas]
    return (
        akun.nama,
        role_names(akun.peran),
        "; ".join(parts) or "semua",
        "aktif" if akun.aktif else "nonaktif",
        "terpasang" if akun.berkode else "–",
        _outside(akun),
    )


def _outside(akun: Akun) -> str:
    luar = NamaLuar.parse(akun.luar)
    if luar is None:
        return "–"
    return "terhubung" if luar.terhubung else "menunggu"
