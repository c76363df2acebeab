"""The help that a clerk reads: what each command is for, with examples that work as written."""

PROGRAM = "Survei Kepuasan Masyarakat (PermenPANRB 14/2017) dari terminal."
PROGRAM_CONTOH = """\
Contoh:
  python -m skm hitung jawaban.csv
  python -m skm rekonsiliasi --nrr 3.5,3.4,3.6 --ikm 87.50
  python -m skm hitung --help

Kode keluar: 0 selesai; 1 selesai sebagian (ada baris ditolak, tidak ada metode
yang cocok, atau rekap berbeda); 2 tidak dapat dikerjakan.
"""

BENTUK = "csv (UTF-8, koma) atau parquet; biasanya csv."
KELUARAN_EKSPOR = "Berkas data; kamus datanya ditulis di sampingnya (…-kamus.csv)."
EKSPOR_SARAN = "Tulis juga saran responden, pada berkas tersendiri (…-saran)."
BERKAS = "Berkas jawaban: CSV, XLSX, XLS, atau ODS; beberapa berkas digabung; - membaca masukan."
BERKAS_TERBIT = "Tabel unsur,nrr beserta baris IKM, atau lembar olah data survei."
SURVEI = "Survei: nama berkas di folder surveys tanpa .toml, atau berkas .toml."
SURVEI_ID = "Id survei; lihat: python -m skm survei daftar"
METODE = "penuh, bertahap, nrr3, nrr2-rata2, atau tertimbang2. Biasanya menurut survei, atau penuh."
BOBOT = "1/k, 0.111, atau 0.11. Biasanya menurut survei, atau 1/k."
PER = "Rinci menurut layanan, titik, kanal, triwulan, semester, tahun; boleh beberapa."
AGREGASI = "Semester dan tahun: rata-rata periode di dalamnya, atau gabungan seluruh responden."
URUTAN = "Urutan U8 dan U9 pada berkas tanpa survei: peraturan (biasa) atau kuesioner."
PERIODE = "2024-T4 (triwulan), 2024-S2 (semester), atau 2024 (tahun)."
PERIODE_HITUNG = "Hanya periode ini: 2024-T4, 2024-S2, atau 2024; juga untuk baris tanpa tanggal."
PERIODE_UNGGAH = "Periode seluruh berkas, bila berkas tidak bertanggal: 2024-T4 dan seterusnya."
JSON = "Tulis hasil sebagai JSON untuk program lain."
LEMBAR = "Lembar yang dibaca, bila berkas memiliki beberapa lembar."
KOLOM = 'Tentukan isi kolom, misalnya --kolom "Kecepatan=U3"; boleh diulang.'
PADANAN = 'Cocokkan tulisan layanan atau titik, misalnya --padanan "KK=Kartu Keluarga".'
U8_U9 = "Untuk kolom yang hanya bernomor: urutan U8 dan U9 sudah benar, atau ditukar."
TANGGAL = "Arti 01/02/2024, bila tidak tampak dari berkasnya: hari atau bulan dahulu."
TANPA = "Simpan tanpa unsur yang tidak memiliki kolom, misalnya --tanpa U7."
LAYANAN = "Jenis layanan seluruh berkas, bila berkas tidak memuatnya."
TITIK = "Titik layanan seluruh berkas, bila berkas tidak memuatnya."
PERIKSA_SAJA = "Periksa saja; tidak ada yang disimpan."
KEMBAR = "Baris tanpa nomor unik dan jam yang sama dengan jawaban tersimpan: ambil atau lewati."
TOLAKAN = "Tulis baris yang ditolak ke berkas ini (.csv atau .xlsx) untuk diperbaiki."
TIMPA = "Timpa berkas keluaran yang sudah ada."
KELUARAN = "Berkas yang dibuat (.csv atau .xlsx)."
TAUTAN_TITIK = "Titik layanan, nama atau kode; boleh beberapa. Tanpa ini: semua titik."
TAUTAN_LAYANAN = "Jenis layanan. Tanpa ini responden memilih sendiri (buat), atau semua."
TAUTAN_KANAL = "Kanal tautan: qr (poster), kios, petugas, atau pesan."
TAUTAN_KODE = "Hanya tautan dengan kode ini; boleh beberapa."
TAUTAN_NAMA = 'Nama tautan, misalnya --nama "Loket 3"; beda nama berarti tautan lain.'
TAUTAN_JSON = "Tulis daftar tautannya sebagai JSON untuk program lain."
UKURAN = "Ukuran poster: a4 (biasa), a5, atau tenda (meja)."
FOLDER = "Folder untuk berkasnya; dibuat bila belum ada."
FORMAT = "docx dan pdf: laporan; xlsx: buku kerja olah data; lkip: tabel LKIP setahun."
KELUARAN_LAPORAN = "Berkas yang dibuat; untuk lkip berakhiran .docx atau .xlsx."
KOP = "Kop surat kantor (DOCX). Biasanya kop.docx di folder data, bila ada."
ALASAN = "Alasannya; tercatat pada riwayat periode."
ARSIP = "Berkas arsip yang dibuat (.zip)."
VERIFIKASI = "Arsip periode: berkas .zip, atau folder hasil membukanya."
IKM_TERBIT = "IKM yang diterbitkan, misalnya 86,88."
SUMBER = 'Dokumen asalnya, misalnya --sumber "LKIP 2023, tabel 3.9".'
JALANKAN = "Hapus sungguh-sungguh; tanpa ini hanya ditampilkan apa yang akan dihapus."
CADANGAN_BARU = "Berkas cadangan yang dibuat (.zip)."
CADANGAN = "Berkas cadangan yang ditulis oleh cadangkan atau oleh salinan harian."
PERIKSA_CADANGAN = "Periksa saja keutuhan berkasnya; basis data tidak disentuh."
DARI = "Basis data asal; biasanya yang sedang dipakai program."
KE = "Basis data tujuan yang masih kosong, misalnya postgresql://skm@server/skm."
PERIKSA_PINDAH = "Periksa saja dan tampilkan apa yang akan dipindahkan; tidak ada yang ditulis."
EKSPOR = "Berkas .toml yang ditulis."
NOMOR_VERSI = "Nomor isi lama pada riwayat (Pengaturan, bagian Berkas). Biasanya yang berlaku."
PERIKSA_IMPOR = "Hanya sebutkan apa yang akan berubah; tidak ada yang disimpan."
GANTI = "Ganti seluruh isi basis data yang sudah berisi survei."
PERBAIKI = "Hitung ulang rekap dari jawaban, lalu periksa lagi."

AKUN_NAMA = "Nama akun: 3 sampai 40 huruf kecil, angka, titik, atau tanda hubung."
PERAN = "Peran, dipisah koma: admin, operator, manajer, pemeriksa."
SANDI_STDIN = "Baca kata sandi dari masukan, untuk skrip."
LUAR = "Nama orang itu di akun kantor (nilai klaim pada masuk.toml), misalnya alamat surelnya."
TANPA_SANDI = "Tanpa kata sandi: hanya masuk lewat akun kantor."
SANDI_ACAK = "Buatkan kata sandi acak dan cetak sekali."
AUDIT_PERIKSA = "Hitung ulang semua segel jejak audit."
AUDIT_UJUNG = "Ujung yang dicatat pada pemeriksaan terdahulu (nomor:segel)."
AUDIT_DAFTAR = "Tampilkan catatan terbaru jejak audit."
AUDIT_BANYAK = "Banyaknya catatan (baku 50)."

URAIAN: dict[str, tuple[str, str]] = {
    "hitung": (
        "Hitung NRR, IKM, dan mutu dari berkas jawaban, tanpa basis data.\n"
        "Berkas yang hanya berisi U1 sampai U9 tidak memerlukan survei.",
        """\
Contoh:
  python -m skm hitung jawaban.csv
  python -m skm hitung "Survei Oktober.xlsx" --metode bertahap
  python -m skm hitung tw3.csv tw4.csv --survei kantor-kita --per layanan
  python -m skm hitung tw*.csv --survei kantor-kita --per semester --json

Kode keluar: 0 semua baris diterima, 1 ada yang ditolak, 2 tidak dapat dibaca.
""",
    ),
    "rekonsiliasi": (
        "Cari metode yang menghasilkan angka terbit, dan selisih metode lainnya.",
        """\
Contoh:
  python -m skm rekonsiliasi --nrr 3.742,3.749,3.614 --ikm 92.54
  python -m skm rekonsiliasi --nrr "3,742;3,749;3,614" --ikm 92,54
  python -m skm rekonsiliasi terbitan.csv

Isi terbitan.csv (nrr_tertimbang, ikm_unsur, dan jumlah boleh tidak ada):
  unsur;nrr;ikm_unsur
  U1;3,742;93,55
  U2;3,749;93,73
  IKM;93,64

Kode keluar: 0 ada metode yang cocok, 1 tidak ada, 2 angka tidak dapat dibaca.
""",
    ),
    "ikm": (
        "Tampilkan NRR, IKM, dan mutu dari jawaban yang tersimpan di basis data.",
        """\
Contoh:
  python -m skm ikm --survei kantor-kita --periode 2024-T4
  python -m skm ikm --survei kantor-kita --periode 2024 --per semester
  python -m skm ikm --survei kantor-kita --periode 2024-S2 --per layanan --json
""",
    ),
    "unggah": (
        "Periksa berkas jawaban lalu simpan baris yang benar ke basis data.",
        """\
Contoh:
  python -m skm unggah jawaban.xlsx --survei kantor-kita --periksa
  python -m skm unggah jawaban.xlsx --survei kantor-kita --tolakan perbaiki.xlsx
  python -m skm unggah kertas.csv --survei kantor-kita --periode 2024-T4

Kode keluar: 0 semua baris diterima, 1 ada yang ditolak, 2 tidak disimpan.
""",
    ),
    "batal-unggah": (
        "Keluarkan lagi semua jawaban satu unggahan dari basis data.",
        """\
Contoh:
  python -m skm batal-unggah B-20241231-7F3A2C
""",
    ),
    "templat": (
        "Buat berkas isian untuk sebuah survei: CSV, atau XLSX dengan daftar pilihan.",
        """\
Contoh:
  python -m skm templat --survei kantor-kita --keluaran isian.xlsx
""",
    ),
    "survei": (
        "Daftar survei di basis data; periksa, tulis, atau simpan berkas survei.",
        """\
Contoh:
  python -m skm survei daftar
  python -m skm survei periksa surveys/kantor-kita.toml
  python -m skm survei ekspor kantor-kita --keluaran kantor-kita.toml
  python -m skm survei impor kantor-kita.toml --periksa
""",
    ),
    "tautan": (
        "Kelola tautan: kode pada poster yang membuka formulir satu titik layanan.",
        """\
Contoh:
  python -m skm tautan buat --survei kantor-kita
  python -m skm tautan buat --survei kantor-kita --titik "Loket A" --kanal kios
  python -m skm tautan daftar --survei kantor-kita --json
  python -m skm tautan tutup --survei kantor-kita --kode 7K3MPQ9T

Titik yang sudah memiliki tautan terbuka yang sama dilewati.
""",
    ),
    "qr": (
        "Tulis poster PDF serta kode QR SVG dan PNG untuk setiap tautan yang terbuka.",
        """\
Contoh:
  python -m skm qr --survei kantor-kita --keluaran poster
  python -m skm qr --survei kantor-kita --titik "Loket A" --ukuran tenda \\
    --keluaran poster

Alamat pada poster menurut SKM_URL_PUBLIK.
""",
    ),
    "periode": (
        "Tutup periode agar angkanya tidak bergerak lagi, lalu terbitkan.\n"
        "Jawaban yang datang kemudian masuk ke catatan tambahan.",
        """\
Contoh:
  python -m skm periode tutup --survei kantor-kita --periode 2024-S2
  python -m skm periode terbitkan --survei kantor-kita --periode 2024-S2
  python -m skm periode daftar --survei kantor-kita
  python -m skm periode arsip --survei kantor-kita --periode 2024-S2 \\
    --keluaran arsip.zip
  python -m skm periode buka --survei kantor-kita --periode 2024-S2 \\
    --alasan "Ada berkas titik yang tertinggal"
""",
    ),
    "laporan": (
        "Tulis laporan sebuah triwulan, semester, atau tahun.\n"
        "Periode yang belum ditutup menghasilkan draf.",
        """\
Contoh:
  python -m skm laporan --survei kantor-kita --periode 2024-S2 --format docx \\
    --keluaran laporan.docx
  python -m skm laporan --survei kantor-kita --periode 2024 --format lkip \\
    --keluaran lkip.xlsx
""",
    ),
    "ekspor": (
        "Tulis jawaban satu periode untuk R, SPSS, Python, atau Excel, beserta kamus\n"
        "datanya. Satu baris satu responden; tanpa jam, tanpa nomor, tanpa saran.",
        """\
Contoh:
  python -m skm ekspor --survei kantor-kita --periode 2024 --keluaran data.csv
  python -m skm ekspor --survei kantor-kita --periode 2024 --bentuk parquet \\
    --keluaran data.parquet --saran
""",
    ),
    "verifikasi": (
        "Hitung ulang semua angka sebuah periode dari arsipnya, tanpa basis data.",
        """\
Contoh:
  python -m skm verifikasi arsip-kantor-kita-2024-S2.zip

Kode keluar: 0 sama, 1 ada yang berbeda, 2 arsip tidak dapat dibaca.
""",
    ),
    "angka-terbit": (
        "Catat IKM yang diterbitkan sebelum SKM ini dipakai, untuk tren dan capaian.",
        """\
Contoh:
  python -m skm angka-terbit catat --survei kantor-kita --periode 2023 \\
    --ikm 91,55 --sumber "LKIP 2023"
  python -m skm angka-terbit daftar --survei kantor-kita
""",
    ),
    "periksa": (
        "Hitung semua jawaban lagi dan bandingkan dengan rekap yang dipakai hasil.",
        """\
Contoh:
  python -m skm periksa
  python -m skm periksa --perbaiki

Kode keluar: 0 sama, 1 ada yang berbeda.
""",
    ),
    "cadangkan": (
        "Tulis seluruh isi basis data ke satu berkas, lalu periksa berkasnya.\n"
        "Program boleh sedang berjalan. Berkasnya sama untuk SQLite dan PostgreSQL.",
        """\
Contoh:
  python -m skm cadangkan cadangan-2024-12-31.zip
  python -m skm cadangkan /mnt/cadangan/skm.zip --timpa

Berkasnya memuat seluruh jawaban dan kunci rahasia: simpan di tempat yang aman.
""",
    ),
    "pulihkan": (
        "Isi basis data dari berkas cadangan: seluruhnya, atau tidak sama sekali.\n"
        "Hentikan dahulu program yang sedang berjalan.",
        """\
Contoh:
  python -m skm pulihkan cadangan-2024-12-31.zip --periksa
  python -m skm pulihkan cadangan-2024-12-31.zip
  python -m skm pulihkan data/cadangan/skm-20241231.zip --ganti

Kode keluar: 0 rekapnya sama, 1 dipulihkan tetapi rekapnya berbeda, 2 tidak ada
yang berubah.
""",
    ),
    "akun": (
        "Kelola akun orang yang memakai program ini. Akun pertama juga dapat dibuat lewat\n"
        "tautan sekali pakai yang tercetak saat program dijalankan.",
        """\
Contoh:
  python -m skm akun tambah admin.skm --peran admin,operator,manajer
  python -m skm akun sandi admin.skm
  python -m skm akun tambah loket --peran operator --luar a@b.id --tanpa-sandi
  python -m skm akun hubungkan petugas.2 --luar petugas.2@kota.go.id
  python -m skm akun nonaktif petugas.lama

Peran: admin (survei dan akun), operator (data dan draf laporan), manajer
(menutup dan menerbitkan), pemeriksa (membaca, arsip, jejak audit).
""",
    ),
    "audit": (
        "Buktikan bahwa tidak ada catatan jejak audit yang berubah atau hilang.",
        """\
Contoh:
  python -m skm audit periksa
  python -m skm audit periksa --ujung 128:9f0c…
  python -m skm audit daftar --banyak 20

Simpan baris ujung yang tercetak di tempat lain: dengan itu, catatan terakhir
yang dihapus juga ketahuan.

Kode keluar: 0 utuh, 1 berubah atau hilang.
""",
    ),
    "pindah": (
        "Pindahkan seluruh data dari SQLite ke PostgreSQL, atau sebaliknya.\n"
        "Hentikan dahulu program yang sedang berjalan. Basis data asal tidak diubah.",
        """\
Contoh:
  python -m skm pindah --ke postgresql://skm@server/skm --periksa
  python -m skm pindah --ke postgresql://skm@server/skm
  python -m skm pindah --dari postgresql://skm@server/skm \\
    --ke sqlite:///data/skm.db

Jangan tulis kata sandi di sini: pakai PGPASSWORD atau berkas .pgpass.

Kode keluar: 0 pindah dan sama, 2 tidak dipindahkan (tujuan tetap kosong).
""",
    ),
    "susutkan": (
        "Hapus jawaban dan saran yang lebih lama daripada simpan_bulan pada survei.\n"
        "Hanya periode yang sudah ditutup; semua angkanya tetap.",
        """\
Contoh:
  python -m skm susutkan --survei kantor-kita
  python -m skm susutkan --survei kantor-kita --jalankan

Tidak dapat dibatalkan. Buat cadangan lebih dahulu bila ragu.

Kode keluar: 0 selesai, 1 ada periode yang belum ditutup, 2 tidak dikerjakan.
""",
    ),
}
