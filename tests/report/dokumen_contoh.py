"""A report of every kind of block, with the names of the sample survey and invented figures."""

from __future__ import annotations

from skm.analysis.table import Kolom, Tabel
from skm.report.dokumen import (
    Batang,
    Blok,
    BlokGambar,
    BlokTabel,
    Daftar,
    Dokumen,
    GrafikBatang,
    GrafikGaris,
    GrafikPeta,
    Judul,
    Paragraf,
    Sampul,
    SelPeta,
    TandaTangan,
    TitikGaris,
)

from .cetakan import contoh

SURVEI = contoh()
UNSUR = [(u.kode, u.nama) for u in SURVEI.unsur]
LAYANAN = [item.nama for item in SURVEI.layanan]
TITIK = [item.nama for item in SURVEI.titik]
NRR = ("3,742", "3,749", "3,614", "3,867", "3,810", "3,711", "3,668", "3,785", "3,841")
IKM = ("93,55", "93,73", "90,35", "96,68", "95,25", "92,78", "91,70", "94,63", "96,03")
"""NRR and IKM of the nine unsur in triwulan IV 2024, as the LKIP prints them."""
AMBANG = ((25.0, "D"), (65.0, "C"), (76.61, "B"), (88.31, "A"))

PENGANTAR = (
    "Survei Kepuasan Masyarakat adalah pengukuran secara komprehensif tentang tingkat kepuasan "
    "masyarakat terhadap kualitas layanan yang diberikan oleh penyelenggara pelayanan publik. "
    "Dinas Kependudukan dan Pencatatan Sipil Kota Bekasi melaksanakannya sesuai dengan Peraturan "
    "Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 14 Tahun 2017 tentang "
    "Pedoman Penyusunan Survei Kepuasan Masyarakat Unit Penyelenggara Pelayanan Publik."
)


def figure(row: int, column: int) -> str:
    """A figure with two decimals that no other cell of a table has."""
    return f"{70 + row % 30},{(row * 13 + column * 7) % 100:02}"


def wide_table(nomor: int, nama: str, names: list[str], columns: int) -> BlokTabel:
    headings = ("Responden", *(f"U{i}" for i in range(1, columns - 2)), "IKM")
    tabel = Tabel(
        f"tabel-{nomor}",
        f"IKM per unsur menurut {nama}, triwulan IV 2024",
        (Kolom(nama.capitalize()), *(Kolom(h, angka=True) for h in headings)),
        tuple(
            (name, f"{1000 + i}", *(figure(i, c) for c in range(columns - 2)))
            for i, name in enumerate(names)
        ),
        ("Unit", "1.560", *("93,86" for _ in range(columns - 2))),
        "Angka di bawah 30 responden dibaca dengan hati-hati.",
    )
    return BlokTabel(nomor, tabel, rapat=True)


def unsur_table(nomor: int) -> BlokTabel:
    rows = zip(UNSUR, NRR, IKM, strict=True)
    tabel = Tabel(
        "unsur",
        "Nilai rata-rata dan IKM per unsur, triwulan IV 2024",
        (
            Kolom("Unsur"),
            Kolom("Nama unsur"),
            Kolom("NRR", angka=True),
            Kolom("IKM", angka=True),
            Kolom("Mutu"),
        ),
        tuple((kode, nama, nrr, ikm, "A") for (kode, nama), nrr, ikm in rows),
        ("", "IKM unit", "", "93,86", "A"),
        "Metode: bobot 1/k, tanpa pembulatan antara.",
    )
    return BlokTabel(nomor, tabel)


def plan_table(nomor: int) -> BlokTabel:
    rows = (
        ("U3 Waktu penyelesaian", "Menambah petugas verifikasi pada jam sibuk dan menampilkan waktu"
         " tunggu pada layar antrean di setiap titik layanan.", "Bidang Pelayanan Pendaftaran"
         " Penduduk", "Maret 2025"),
        ("U7 Perilaku pelaksana", "Bimbingan teknis pelayanan prima bagi petugas loket.",
         "Sekretariat", "April 2025"),
    )  # fmt: skip
    tabel = Tabel(
        "tindak-lanjut",
        "Rencana tindak lanjut",
        (Kolom("Unsur"), Kolom("Tindakan"), Kolom("Penanggung jawab"), Kolom("Waktu")),
        rows,
    )
    return BlokTabel(nomor, tabel, lebar=(3, 6, 4, 2))


def bars(nomor: int, names: list[str]) -> BlokGambar:
    values = (93.55, 93.73, 90.35, 96.68, 70.25, 62.78, 91.70, 94.63, 80.03)
    rows = [(name, values[i % 9]) for i, name in enumerate(names)]
    grafik = GrafikBatang(
        tuple(
            Batang(name, value, f"{value:.2f}".replace(".", ","), _mutu(value))
            for name, value in rows
        ),
        25,
        100,
        AMBANG,
    )
    return BlokGambar(
        nomor, "IKM per unsur, triwulan IV 2024", grafik, f"Batang: {names[0]} 93,55 dan lainnya."
    )


def _mutu(value: float) -> str:
    return [mutu for start, mutu in AMBANG if value >= start][-1]


def trend(nomor: int) -> BlokGambar:
    titik = (
        TitikGaris("Semester II 2023", 92.07, "92,07 A", 95.0, "target 95,00", terbit=True),
        TitikGaris("Semester I 2024", 93.70, "93,70 A", 84.0, "target 84,00"),
        TitikGaris("Triwulan III 2024", 93.65, "93,65 A"),
        TitikGaris("Triwulan IV 2024", 93.86, "93,86 A", 84.2, "target 84,20"),
    )
    return BlokGambar(nomor, "IKM per periode", GrafikGaris(titik), "Garis: 92,07 naik ke 93,86.")


def heat_map(nomor: int, names: list[str], columns: int = 9) -> BlokGambar:
    cells = [
        [SelPeta((i * 5 + c * 3) % 23 - 11, figure(i, c)) for c in range(columns)]
        for i in range(len(names))
    ]
    cells[0][3] = SelPeta(None, "—")
    grafik = GrafikPeta(
        tuple(names), tuple(f"U{c + 1}" for c in range(columns)), tuple(map(tuple, cells))
    )
    return BlokGambar(nomor, "IKM per unsur menurut jenis layanan", grafik, "Peta: U4 tertinggi.")


def report(*more: Blok, keadaan: str = "DRAF") -> Dokumen:
    sampul = Sampul(
        "Laporan Survei Kepuasan Masyarakat",
        "Semester II (Juli–Desember) 2024",
        SURVEI.unit,
        SURVEI.instansi,
        "2024",
        keadaan,
    )
    isi: tuple[Blok, ...] = (
        Judul("Ringkasan eksekutif", 1),
        Paragraf(PENGANTAR),
        Daftar(("IKM unit 93,86, mutu A.", "Unsur terendah: Waktu penyelesaian.", PENGANTAR)),
        Judul("Pendahuluan", 1, "BAB I"),
        Judul("Latar belakang", 2, "1.1"),
        Paragraf(PENGANTAR),
        Paragraf(PENGANTAR),
        Judul("Maksud dan tujuan", 2, "1.2"),
        Daftar(("Mengetahui IKM.", PENGANTAR, "Menyusun tindak lanjut."), bernomor=True),
        Judul("Ruang lingkup", 3, "1.2.1"),
        Paragraf("Seluruh titik layanan ikut serta."),
        Judul("Hasil survei kepuasan masyarakat", 1, "BAB II"),
        Judul("IKM unit pelayanan", 2, "2.1"),
        Paragraf("IKM unit dihitung sebagai rata-rata tertimbang, lalu dikalikan 25:"),
        Paragraf("(3,742 + 3,749 + 3,614 + … + 3,841) ÷ 9 × 25 = 93,86", "rumus"),
        unsur_table(1),
        Paragraf(PENGANTAR),
        bars(1, [f"{kode} {nama}" for kode, nama in UNSUR]),
        Paragraf("Titik berongga diambil dari laporan yang sudah terbit.", "catatan"),
        trend(2),
        Judul("Menurut jenis layanan", 2, "2.2"),
        wide_table(2, "jenis layanan", LAYANAN, 12),
        heat_map(3, LAYANAN),
        Judul("Menurut titik layanan", 2, "2.3"),
        wide_table(3, "titik layanan", TITIK, 12),
        Judul("Saran responden", 2, "2.4"),
        Paragraf("Pelayanan sudah baik, mohon nomor antrean dipanggil lebih jelas.", "kutipan"),
        Paragraf("Ruang tunggu perlu ditambah kursi.", "kutipan"),
        *more,
        Judul("Penutup", 1, "BAB III"),
        Judul("Rencana tindak lanjut", 2, "3.1"),
        plan_table(4),
        Paragraf(PENGANTAR),
        TandaTangan("Bekasi, 6 Januari 2025", "Kepala Dinas", "", ""),
    )
    kaki = "Laporan SKM Semester II 2024 · Dinas Kependudukan dan Pencatatan Sipil Kota Bekasi"
    return Dokumen("Laporan SKM Semester II 2024", sampul, isi, kaki)
