"""Every command with its options, help and examples; what they do is imported when they run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from skm import __version__
from skm.cli import help_text as teks
from skm.cli.indonesian import ARGPARSE, Parser, indonesian
from skm.cli.suggest import did_you_mean
from skm.pesan import SkmError

PROG = "python -m skm"
Run = Callable[[argparse.Namespace], int]


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the arguments; `run` is the command. Raises SkmError for wrong use."""
    with indonesian():
        parser, known = build()
        if not argv:
            return _help_only(parser.format_help())
        if not argv[0].startswith("-") and argv[0] not in known:
            usul = did_you_mean(argv[0], known)
            raise SkmError("perintah-tak-dikenal", nama=argv[0], usul=usul)
        args, extra = parser.parse_known_args(argv)
        return _place_extra(args, extra, parser)


def _help_only(text: str) -> argparse.Namespace:
    """Return a command that shows the help: no command was given, which is wrong use."""

    def run(_: argparse.Namespace) -> int:
        print(text, end="", file=sys.stderr)
        return 2

    return argparse.Namespace(run=run)


def _place_extra(args: argparse.Namespace, extra: list[str], parser: Parser) -> argparse.Namespace:
    """Take file names that stand between options, which argparse leaves over."""
    strange = [text for text in extra if text.startswith("-") and text != "-"]
    if strange or (extra and not isinstance(getattr(args, "berkas", None), list)):
        command: Parser = getattr(args, "parser", parser)
        named = (strange or extra)[0]
        usul = did_you_mean(named.partition("=")[0], command.option_names)
        raise SkmError("pilihan-tak-dikenal", nama=named, usul=usul, bantuan=command.prog)
    if extra:
        args.berkas += extra
    if not hasattr(args, "run"):
        parser.error(ARGPARSE["the following arguments are required: %s"] % "PERINTAH")
    return args


def build() -> tuple[Parser, tuple[str, ...]]:
    """Return the parser with all commands, and their names."""
    parser = Parser(prog=PROG, description=teks.PROGRAM, epilog=teks.PROGRAM_CONTOH)
    parser.add_argument(
        "--versi", action="version", version=f"skm {__version__}", help="Tampilkan versi program."
    )
    commands = parser.add_subparsers(title="Perintah", metavar="PERINTAH")
    for name, (ringkas, add) in COMMANDS.items():
        uraian, contoh = teks.URAIAN[name]
        add(commands.add_parser(name, help=ringkas, description=uraian, epilog=contoh))
    return parser, tuple(COMMANDS)


def _bind(parser: Parser, module: str, function: str = "run") -> None:
    def run(args: argparse.Namespace) -> int:
        command: Run = getattr(import_module(f"skm.cli.{module}"), function)
        return command(args)

    parser.set_defaults(run=run, parser=parser)


def _hitung(p: Parser) -> None:
    p.add_argument("berkas", nargs="*", metavar="BERKAS", help=teks.BERKAS)
    p.add_argument("--survei", metavar="ID|BERKAS.toml", help=teks.SURVEI)
    _add_rules(p)
    p.add_argument("--urutan", choices=("peraturan", "kuesioner"), help=teks.URUTAN)
    p.add_argument("--periode", metavar="P", help=teks.PERIODE_HITUNG)
    _add_reading(p)
    p.add_argument("--json", action="store_true", help=teks.JSON)
    _bind(p, "hitung")


def _ikm(p: Parser) -> None:
    _add_survey(p)
    _add_period(p)
    _add_rules(p)
    p.add_argument("--json", action="store_true", help=teks.JSON)
    _bind(p, "ikm")


def _rekonsiliasi(p: Parser) -> None:
    p.add_argument("berkas", nargs="?", metavar="BERKAS", help=teks.BERKAS_TERBIT)
    p.add_argument("--nrr", metavar="ANGKA", help="NRR setiap unsur, berurutan.")
    p.add_argument("--ikm", metavar="ANGKA", help="IKM unit pelayanan.")
    p.add_argument("--ikm-unsur", metavar="ANGKA", help="IKM setiap unsur (NRR x 25).")
    p.add_argument("--tertimbang", metavar="ANGKA", help="NRR tertimbang setiap unsur.")
    p.add_argument("--jumlah", metavar="ANGKA", help="Jumlah nilai setiap unsur.")
    p.add_argument("--responden", metavar="N", help="Jumlah responden.")
    p.add_argument("--survei", metavar="ID|BERKAS.toml", help=teks.SURVEI)
    p.add_argument("--lembar", metavar="NAMA", help=teks.LEMBAR)
    p.add_argument("--json", action="store_true", help=teks.JSON)
    _bind(p, "rekonsiliasi")


def _unggah(p: Parser) -> None:
    p.add_argument("berkas", metavar="BERKAS", help="Berkas jawaban: CSV, XLSX, XLS, atau ODS.")
    _add_survey(p)
    p.add_argument("--periode", metavar="P", help=teks.PERIODE_UNGGAH)
    p.add_argument("--layanan", metavar="NAMA", help=teks.LAYANAN)
    p.add_argument("--titik", metavar="NAMA", help=teks.TITIK)
    p.add_argument("--periksa", action="store_true", help=teks.PERIKSA_SAJA)
    p.add_argument("--kembar", choices=("ambil", "lewati"), help=teks.KEMBAR)
    p.add_argument("--tanpa", action="append", default=[], metavar="UNSUR", help=teks.TANPA)
    p.add_argument("--tolakan", metavar="BERKAS", help=teks.TOLAKAN)
    p.add_argument("--timpa", action="store_true", help=teks.TIMPA)
    _add_reading(p)
    _bind(p, "unggah")


def _batal(p: Parser) -> None:
    p.add_argument("batch", metavar="BATCH", help="Nomor batch, misalnya B-20241231-7F3A2C.")
    _bind(p, "unggah", "undo")


def _templat(p: Parser) -> None:
    p.add_argument("--survei", metavar="ID|BERKAS.toml", required=True, help=teks.SURVEI)
    p.add_argument("--keluaran", metavar="BERKAS", required=True, help=teks.KELUARAN)
    p.add_argument("--timpa", action="store_true", help=teks.TIMPA)
    _bind(p, "survei", "template")


def _survei(p: Parser) -> None:
    kinds = p.add_subparsers(title="Perintah", metavar="|".join(SURVEI), required=True)
    daftar = kinds.add_parser(
        "daftar",
        help="Daftar survei dan jumlah respondennya.",
        description="Daftar survei di basis data dan jumlah respondennya.",
    )
    _bind(daftar, "survei", "show_list")
    periksa = kinds.add_parser(
        "periksa",
        help="Periksa sebuah berkas survei.",
        description="Periksa berkas survei (.toml) dan sebutkan semua kesalahannya sekaligus.",
    )
    periksa.add_argument("berkas", metavar="BERKAS", help="Berkas survei (.toml) atau id-nya.")
    _bind(periksa, "survei", "check")
    ekspor = kinds.add_parser("ekspor", help=SURVEI["ekspor"], description=SURVEI["ekspor"])
    ekspor.add_argument("id", metavar="ID", help=teks.SURVEI_ID)
    ekspor.add_argument("--keluaran", metavar="BERKAS", required=True, help=teks.EKSPOR)
    ekspor.add_argument("--nomor", metavar="N", type=int, help=teks.NOMOR_VERSI)
    ekspor.add_argument("--timpa", action="store_true", help=teks.TIMPA)
    _bind(ekspor, "survei_berkas", "export")
    impor = kinds.add_parser("impor", help=SURVEI["impor"], description=SURVEI["impor"])
    impor.add_argument("berkas", metavar="BERKAS", help="Berkas survei (.toml).")
    impor.add_argument("--periksa", action="store_true", help=teks.PERIKSA_IMPOR)
    _bind(impor, "survei_berkas", "take")


def _periksa(p: Parser) -> None:
    p.add_argument("--survei", metavar="ID", help="Hanya survei ini.")
    p.add_argument("--perbaiki", action="store_true", help=teks.PERBAIKI)
    _bind(p, "periksa")


def _cadangkan(p: Parser) -> None:
    p.add_argument("berkas", metavar="BERKAS", help=teks.CADANGAN_BARU)
    p.add_argument("--timpa", action="store_true", help=teks.TIMPA)
    _bind(p, "cadangan", "write")


def _pulihkan(p: Parser) -> None:
    p.add_argument("berkas", metavar="BERKAS", help=teks.CADANGAN)
    p.add_argument("--periksa", action="store_true", help=teks.PERIKSA_CADANGAN)
    p.add_argument("--ganti", action="store_true", help=teks.GANTI)
    _bind(p, "cadangan", "restore")


def _pindah(p: Parser) -> None:
    p.add_argument("--dari", metavar="URL", help=teks.DARI)
    p.add_argument("--ke", metavar="URL", required=True, help=teks.KE)
    p.add_argument("--periksa", action="store_true", help=teks.PERIKSA_PINDAH)
    _bind(p, "pindah")


def _susutkan(p: Parser) -> None:
    _add_survey(p)
    p.add_argument("--jalankan", action="store_true", help=teks.JALANKAN)
    _bind(p, "susutkan")


def _akun(p: Parser) -> None:
    kinds = p.add_subparsers(title="Perintah", metavar="daftar|tambah|…", required=True)
    for name, (ringkas, function) in AKUN.items():
        kind = kinds.add_parser(name, help=ringkas, description=ringkas)
        if name != "daftar":
            kind.add_argument("nama", metavar="NAMA", help=teks.AKUN_NAMA)
        if name in ("tambah", "peran"):
            kind.add_argument("--peran", metavar="PERAN", required=True, help=teks.PERAN)
        if name == "tambah":
            kind.add_argument("--luar", metavar="NAMA-LUAR", help=teks.LUAR)
            kind.add_argument("--tanpa-sandi", action="store_true", help=teks.TANPA_SANDI)
        if name == "hubungkan":
            kind.add_argument("--luar", metavar="NAMA-LUAR", required=True, help=teks.LUAR)
        if name in ("tambah", "sandi"):
            kind.add_argument("--sandi-stdin", action="store_true", help=teks.SANDI_STDIN)
            kind.add_argument("--acak", action="store_true", help=teks.SANDI_ACAK)
        _bind(kind, "akun", function)


def _audit(p: Parser) -> None:
    kinds = p.add_subparsers(title="Perintah", metavar="periksa|daftar", required=True)
    periksa = kinds.add_parser("periksa", help=teks.AUDIT_PERIKSA, description=teks.AUDIT_PERIKSA)
    periksa.add_argument("--ujung", metavar="UJUNG", help=teks.AUDIT_UJUNG)
    _bind(periksa, "audit", "check")
    daftar = kinds.add_parser("daftar", help=teks.AUDIT_DAFTAR, description=teks.AUDIT_DAFTAR)
    daftar.add_argument("--banyak", metavar="N", type=int, default=50, help=teks.AUDIT_BANYAK)
    _bind(daftar, "audit", "show_list")


def _tautan(p: Parser) -> None:
    kinds = p.add_subparsers(title="Perintah", metavar="buat|daftar|tutup|buka", required=True)
    for name, ringkas in TAUTAN.items():
        kind = kinds.add_parser(name, help=ringkas, description=ringkas)
        _add_survey(kind)
        _add_place(kind)
        kind.add_argument("--kanal", metavar="KANAL", help=teks.TAUTAN_KANAL)
        if name == "buat":
            kind.add_argument("--nama", metavar="NAMA", default="", help=teks.TAUTAN_NAMA)
        else:
            _add_code(kind)
        kind.add_argument("--json", action="store_true", help=teks.TAUTAN_JSON)
        _bind(kind, "tautan", name)


def _qr(p: Parser) -> None:
    _add_survey(p)
    _add_place(p)
    _add_code(p)
    p.add_argument("--ukuran", choices=("a4", "a5", "tenda"), default="a4", help=teks.UKURAN)
    p.add_argument("--keluaran", metavar="FOLDER", required=True, help=teks.FOLDER)
    p.add_argument("--timpa", action="store_true", help=teks.TIMPA)
    _bind(p, "qr")


def _laporan(p: Parser) -> None:
    _add_survey(p)
    _add_period(p)
    p.add_argument(
        "--format", choices=("docx", "pdf", "xlsx", "lkip"), required=True, help=teks.FORMAT
    )
    p.add_argument("--keluaran", metavar="BERKAS", required=True, help=teks.KELUARAN_LAPORAN)
    p.add_argument("--kop", metavar="BERKAS.docx", help=teks.KOP)
    p.add_argument("--timpa", action="store_true", help=teks.TIMPA)
    _bind(p, "laporan")


def _ekspor(p: Parser) -> None:
    _add_survey(p)
    _add_period(p)
    p.add_argument("--bentuk", choices=("csv", "parquet"), default="csv", help=teks.BENTUK)
    p.add_argument("--keluaran", metavar="BERKAS", required=True, help=teks.KELUARAN_EKSPOR)
    p.add_argument("--saran", action="store_true", help=teks.EKSPOR_SARAN)
    p.add_argument("--timpa", action="store_true", help=teks.TIMPA)
    _bind(p, "ekspor")


def _periode(p: Parser) -> None:
    kinds = p.add_subparsers(title="Perintah", metavar="|".join(PERIODE), required=True)
    for name, ringkas in PERIODE.items():
        kind = kinds.add_parser(name, help=ringkas, description=ringkas)
        _add_survey(kind)
        if name != "daftar":
            _add_period(kind)
        if name in ("tarik", "buka"):
            kind.add_argument("--alasan", metavar="TEKS", required=True, help=teks.ALASAN)
        if name == "arsip":
            kind.add_argument("--keluaran", metavar="BERKAS", required=True, help=teks.ARSIP)
            kind.add_argument("--timpa", action="store_true", help=teks.TIMPA)
        _bind(kind, "periode", name)


def _verifikasi(p: Parser) -> None:
    p.add_argument("arsip", metavar="ARSIP", help=teks.VERIFIKASI)
    _bind(p, "verifikasi")


def _angka_terbit(p: Parser) -> None:
    kinds = p.add_subparsers(title="Perintah", metavar="|".join(ANGKA_TERBIT), required=True)
    for name, ringkas in ANGKA_TERBIT.items():
        kind = kinds.add_parser(name, help=ringkas, description=ringkas)
        _add_survey(kind)
        if name != "daftar":
            _add_period(kind)
        if name == "catat":
            kind.add_argument("--ikm", metavar="ANGKA", required=True, help=teks.IKM_TERBIT)
            kind.add_argument("--sumber", metavar="TEKS", required=True, help=teks.SUMBER)
        _bind(kind, "angka_terbit", name)


def _add_survey(p: Parser) -> None:
    p.add_argument("--survei", metavar="ID", required=True, help=teks.SURVEI_ID)


def _add_period(p: Parser) -> None:
    p.add_argument("--periode", metavar="P", required=True, help=teks.PERIODE)


def _add_place(p: Parser) -> None:
    p.add_argument("--titik", nargs="+", action="extend", metavar="NAMA", help=teks.TAUTAN_TITIK)
    p.add_argument("--layanan", metavar="NAMA", help=teks.TAUTAN_LAYANAN)


def _add_code(p: Parser) -> None:
    p.add_argument("--kode", nargs="+", action="extend", metavar="KODE", help=teks.TAUTAN_KODE)


def _add_rules(p: Parser) -> None:
    p.add_argument("--metode", metavar="NAMA", help=teks.METODE)
    p.add_argument("--bobot", metavar="BOBOT", help=teks.BOBOT)
    p.add_argument("--per", nargs="+", action="extend", default=[], metavar="PER", help=teks.PER)
    p.add_argument("--agregasi", choices=("rata-rata", "gabungan"), help=teks.AGREGASI)


def _add_reading(p: Parser) -> None:
    p.add_argument("--lembar", metavar="NAMA", help=teks.LEMBAR)
    p.add_argument("--kolom", action="append", default=[], metavar="JUDUL=ISI", help=teks.KOLOM)
    p.add_argument("--padanan", action="append", default=[], metavar="TEKS=NAMA", help=teks.PADANAN)
    p.add_argument("--u8-u9", choices=("benar", "tukar"), help=teks.U8_U9)
    p.add_argument("--tanggal", choices=("hari-dahulu", "bulan-dahulu"), help=teks.TANGGAL)


SURVEI = {
    "daftar": "Daftar survei dan jumlah respondennya.",
    "periksa": "Periksa sebuah berkas survei.",
    "ekspor": "Tulis berkas survei yang berlaku, atau isi lama dari riwayatnya.",
    "impor": "Simpan berkas survei, dengan daftar perubahannya.",
}
TAUTAN = {
    "buat": "Buat tautan untuk semua titik, atau titik yang disebut.",
    "daftar": "Daftar tautan: kode, alamat, dilihat, dimulai, dikirim.",
    "tutup": "Tutup tautan; jawaban yang sudah masuk tetap dihitung.",
    "buka": "Buka kembali tautan yang ditutup.",
}
AKUN = {
    "daftar": ("Daftar akun, perannya, dan keadaannya.", "show_list"),
    "tambah": ("Buat akun.", "add"),
    "sandi": ("Ganti kata sandi sebuah akun dan keluarkan semua perambannya.", "set_password"),
    "peran": ("Ganti peran sebuah akun.", "set_roles"),
    "hubungkan": ("Izinkan sebuah akun dipakai lewat akun kantor (OIDC).", "link"),
    "lepas": ("Putuskan sebuah akun dari akun kantor.", "unlink"),
    "nonaktif": ("Nonaktifkan akun; namanya tetap ada di jejak audit.", "switch_off"),
    "aktif": ("Aktifkan kembali akun.", "switch_on"),
    "kode-hapus": ("Hapus kode autentikator akun yang ponselnya hilang.", "drop_code"),
}
PERIODE = {
    "daftar": "Daftar periode yang ditutup: keadaan, IKM, kode periksa.",
    "tutup": "Bekukan angka sebuah periode.",
    "terbitkan": "Umumkan periode yang sudah ditutup pada halaman hasil.",
    "tarik": "Tarik periode dari halaman hasil; angkanya tetap beku.",
    "buka": "Buka kembali periode yang ditutup, dengan alasan yang tercatat.",
    "arsip": "Tulis arsip periode (ZIP) untuk pemeriksa.",
}
ANGKA_TERBIT = {
    "daftar": "Daftar IKM yang pernah diterbitkan beserta sumbernya.",
    "catat": "Catat IKM yang pernah diterbitkan.",
    "hapus": "Hapus IKM yang tercatat.",
}
COMMANDS: dict[str, tuple[str, Callable[[Parser], None]]] = {
    "hitung": ("Hitung IKM dari berkas jawaban, tanpa basis data.", _hitung),
    "rekonsiliasi": ("Cari metode yang menghasilkan angka terbit.", _rekonsiliasi),
    "ikm": ("Tampilkan IKM dari basis data.", _ikm),
    "unggah": ("Simpan berkas jawaban ke basis data.", _unggah),
    "batal-unggah": ("Batalkan satu unggahan seluruhnya.", _batal),
    "templat": ("Buat berkas isian untuk sebuah survei.", _templat),
    "survei": ("Daftar, periksa, ekspor, atau impor survei.", _survei),
    "tautan": ("Buat, daftar, tutup, atau buka tautan formulir.", _tautan),
    "qr": ("Tulis poster dan kode QR tautan.", _qr),
    "periode": ("Tutup, terbitkan, atau buka periode; tulis arsipnya.", _periode),
    "laporan": ("Tulis laporan periode: DOCX, PDF, XLSX, atau bahan LKIP.", _laporan),
    "ekspor": ("Tulis jawaban satu periode untuk program lain.", _ekspor),
    "verifikasi": ("Hitung ulang periode dari arsipnya.", _verifikasi),
    "angka-terbit": ("Catat IKM tahun-tahun sebelumnya.", _angka_terbit),
    "periksa": ("Buktikan bahwa rekap sama dengan jawaban.", _periksa),
    "cadangkan": ("Tulis seluruh basis data ke satu berkas cadangan.", _cadangkan),
    "pulihkan": ("Pulihkan basis data dari berkas cadangan.", _pulihkan),
    "akun": ("Daftar, tambah, atau ubah akun pengguna.", _akun),
    "audit": ("Periksa atau tampilkan jejak audit.", _audit),
    "pindah": ("Pindahkan seluruh data ke basis data lain.", _pindah),
    "susutkan": ("Hapus jawaban yang melewati masa simpan; angkanya tetap.", _susutkan),
}
