"""Who works with the program: roles and rights, passwords, second factors, the audit trail."""

from skm.akun.jejak import KOSONG, NAMA_TINDAKAN, Catatan, Tindakan, seal
from skm.akun.kode import confirm_code, new_secret, secret_address
from skm.akun.peran import (
    HAK,
    NAMA_PERAN,
    SISTEM,
    TERMINAL,
    Batas,
    Hak,
    Pelaku,
    Peran,
    parse_peran,
    role_names,
)
from skm.akun.sandi import (
    check_password_rules,
    hash_password,
    make_password,
    needs_rehash,
    verify_password,
)

__all__ = [
    "HAK",
    "KOSONG",
    "NAMA_PERAN",
    "NAMA_TINDAKAN",
    "SISTEM",
    "TERMINAL",
    "Batas",
    "Catatan",
    "Hak",
    "Pelaku",
    "Peran",
    "Tindakan",
    "check_password_rules",
    "confirm_code",
    "hash_password",
    "make_password",
    "needs_rehash",
    "new_secret",
    "parse_peran",
    "role_names",
    "seal",
    "secret_address",
    "verify_password",
]
