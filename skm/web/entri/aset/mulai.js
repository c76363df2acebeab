// The page as a whole: a sitting, the sheet in hand, what waits to be sent, and what is stored.

import { Antrean } from "./antrean.js";
import { Daftar } from "./daftar.js";
import { $, angka, idBaru, isi, tanya } from "./dasar.js";
import { Isian } from "./isian.js";
import { hapusSesi, ingat, sebutan, sesiTab, siapkanAwal, simpanSesi, tawarkan } from "./sesi.js";
import { Ulang } from "./ulang.js";

const antrean = new Antrean();
const isian = new Isian();
const daftar = new Daftar({ koreksi, perbaiki, buang });
let sesi = null;
let koreksiAtas = null; // the row that is being corrected
let simpananLembar = null; // what stood on the sheet before a correction or a second entry
let perluMuat = false;

const ulang = new Ulang({
  get sesi() {
    return sesi;
  },
  simpanSesi: () => simpanSesi(sesi),
  pakai: pakaiUlang,
});

// Sitting ---------------------------------------------------------------------------------------

function mulai(baru) {
  sesi = baru;
  ulang.tersimpan = sesi.banding?.ganda ?? null;
  simpanSesi(sesi);
  ingat(sesi);
  $("awal").hidden = true;
  $("kerja").hidden = false;
  $("fakta").textContent = sebutan(sesi);
  if ($("tempat-layanan")) $("tempat-layanan").hidden = sesi.layanan !== "*";
  daftar.kosongkan();
  tandaiAntrean();
  lembarBaru();
  gambar();
  muatSesi();
}

/** Show in the list what waits or was refused, also from before a reload. */
function tandaiAntrean() {
  for (const b of antrean.semua.filter((x) => x.badan.sesi === sesi.sesi)) tandai(b);
}

function tandai(b) {
  const baris = daftar.cari(b.id_kirim);
  const keadaan = b.keadaan === "ditolak" ? "ditolak" : b.jenis === "baru" ? "dikirim" : "koreksi";
  if (baris?.uid === b.uid && baris.keadaan === keadaan) return;
  daftar.taruh({ ...b.badan, id_kirim: b.id_kirim, keadaan, salah: b.salah, uid: b.uid });
}

/** Read from the server what the sitting holds; without it, keying goes on. */
async function muatSesi() {
  const untuk = sesi;
  try {
    const jawab = await fetch(`${isi.alamat}/sesi/${untuk.sesi}`);
    if (!jawab.ok) throw new Error(jawab.status);
    const data = await jawab.json();
    if (untuk !== sesi) return;
    perluMuat = false;
    const belum = daftar.baris.filter((b) => b.keadaan && b.keadaan !== "tersimpan");
    daftar.kosongkan();
    for (const [i, n] of data.nomor.entries()) daftar.nomor.set(Number(n), `tersimpan-${i}`);
    for (const l of [...data.lembar].reverse()) {
      for (const [n, id] of daftar.nomor) if (n === Number(l.nomor) && id.startsWith("tersimpan-")) daftar.nomor.delete(n);
      daftar.taruh(l);
    }
    for (const b of belum.reverse()) daftar.taruh(b);
    daftar.hitung = data.hitung;
    ulang.tersimpan = data.ganda;
    $("nomor-batch").textContent = data.batch ? ` (sesi ini: ${data.batch})` : "";
    if (!koreksiAtas && !ulang.aktif && !isian.berisi) isian.nomor.value = nomorBerikut();
    gambar();
  } catch {
    perluMuat = true;
  }
}

function nomorBerikut() {
  return Math.max(daftar.nomorBerikut, daftar.nomor.size ? 1 : sesi.nomor);
}

async function tutup() {
  if (antrean.semua.some((b) => b.badan.sesi === sesi.sesi)) {
    isian.pesan("Sesi belum dapat ditutup: masih ada lembar yang belum tersimpan.");
    return;
  }
  const h = daftar.hitung;
  const isiSesi = h ? `${angka(h.lembar)} lembar tersimpan, jumlah nilai ${angka(h.jumlah.reduce((a, b) => a + b, 0))}.` : "";
  const belum = sesi.setiap && h?.lembar && !sesi.banding && !ulang.tersimpan;
  const sisa = belum ? " Entri ulang belum dilakukan." : "";
  const hilang = isian.berisi ? " Lembar yang sedang diketik belum disimpan dan akan hilang." : "";
  if (!(await tanya("Tutup sesi ini?", `${isiSesi} Cocokkan dahulu dengan berkasnya.${sisa}${hilang}`, "Ya, tutup", "Kembali"))) return;
  hapusSesi(sesi);
  sesi = null;
  koreksiAtas = simpananLembar = null;
  ulang.aktif = false;
  isian.kosongkan();
  bukaAwal();
}

function bukaAwal() {
  $("kerja").hidden = true;
  $("awal").hidden = false;
  tawarkan(mulai);
  ($("titik") ?? $("periode")).focus();
}

// The sheet in hand -------------------------------------------------------------------------------

function lembarBaru() {
  koreksiAtas = null;
  isian.kosongkan();
  isian.nomor.value = nomorBerikut();
  aturRagam();
  isian.fokusAwal();
}

/** Say what is being keyed: a new sheet, a correction, or a sheet a second time. */
function aturRagam() {
  const kedua = ulang.aktif ? ulang.kini : null;
  const teks = koreksiAtas
    ? `Mengoreksi lembar ${koreksiAtas.nomor} — Enter menyimpan, Esc membatalkan`
    : kedua
      ? `Entri ulang ${sesi.terpilih.length - ulang.tunggu.length + 1} dari ${sesi.terpilih.length} — Esc berhenti`
      : "";
  $("ragam").textContent = teks;
  $("ragam").hidden = !teks;
  $("lembar").classList.toggle("lain", Boolean(teks));
  $("simpan").textContent = koreksiAtas ? "Simpan koreksi" : kedua ? "Catat entri ulang" : "Simpan lembar";
  $("kosongkan").textContent = koreksiAtas ? "Batalkan koreksi" : "Kosongkan";
  $("tempat-saran").hidden = Boolean(kedua);
  $("bagian-daftar").hidden = Boolean(kedua); // the first answers must not be in sight
  isian.nomor.readOnly = Boolean(kedua);
  if ($("tempat-layanan")) $("tempat-layanan").hidden = koreksiAtas ? sesi.layanan !== "*" && koreksiAtas.layanan !== null : sesi.layanan !== "*";
}

function badanBaru(lembar) {
  const layanan = sesi.layanan === "*" ? lembar.layanan : nyata(sesi.layanan);
  return { ...lembar, layanan, titik: nyata(sesi.titik), ...sesi.waktu, sesi: sesi.sesi, versi: isi.versi };
}

/** A sheet of the list with other contents; its time and place stay. */
function badanLama(baris, lembar) {
  const waktu = baris.tanggal ? { tanggal: baris.tanggal } : { periode: baris.periode };
  return { ...lembar, layanan: lembar.layanan ?? baris.layanan, titik: baris.titik, ...waktu, sesi: sesi.sesi, versi: baris.versi };
}

function nyata(kode) {
  return kode === "-" ? null : kode;
}

function simpan() {
  const lembar = isian.lembar;
  if (ulang.aktif) {
    catatUlang(lembar);
    return;
  }
  const pemilik = daftar.nomor.get(lembar.nomor);
  if (pemilik && pemilik !== koreksiAtas?.id_kirim) {
    isian.nomor.focus();
    isian.pesan(`Nomor lembar ${lembar.nomor} sudah dipakai dalam sesi ini. Ganti nomornya, atau koreksi lembar yang sudah ada.`, isian.nomor);
    return;
  }
  if (koreksiAtas) {
    const lama = koreksiAtas;
    if (sesi.layanan === "*" && lama.layanan && !lembar.layanan && lama.keadaan !== "ditolak") {
      isian.layanan.el.focus();
      isian.pesan("Jenis layanan yang sudah tersimpan dapat diganti, tetapi tidak dapat dikosongkan.", isian.layanan.el);
      return;
    }
    const badan = badanLama(lama, lembar);
    if (lama.keadaan === "ditolak") antrean.perbaiki(lama.uid, badan);
    else antrean.tambah("koreksi", lama.id_kirim, badan);
    selesaiKoreksi();
  } else {
    antrean.tambah("baru", idBaru(), badanBaru(lembar));
    lembarBaru();
  }
}

async function batal() {
  if (koreksiAtas) {
    const berubah = JSON.stringify(isian.keadaan) !== koreksiAtas.semula;
    if (!berubah || (await tanya("Batalkan koreksi?", `Perubahan pada lembar ${koreksiAtas.nomor} tidak disimpan.`, "Ya, batalkan"))) selesaiKoreksi();
    return;
  }
  if (isian.berisi) {
    if (!(await tanya("Kosongkan lembar ini?", "Isian yang belum disimpan pada lembar ini dihapus.", "Ya, kosongkan"))) return;
    isian.kosongkan();
    isian.fokusAwal();
  } else if (ulang.aktif) {
    berhentiUlang();
  } else {
    isian.fokusAwal();
  }
}

// Correction ----------------------------------------------------------------------------------------

function koreksi(baris) {
  if (ulang.aktif) {
    isian.pesan("Selesaikan entri ulang dahulu, atau tekan Esc untuk berhenti.");
    return;
  }
  if (baris.versi !== isi.versi && baris.keadaan !== "ditolak") {
    isian.pesan("Lembar ini memakai kuesioner yang sudah diganti. Muat ulang halaman, lalu coba lagi.");
    return;
  }
  if (!koreksiAtas) simpananLembar = { nomor: isian.nomor.value, keadaan: isian.keadaan };
  isian.muat(baris);
  koreksiAtas = { ...baris, semula: JSON.stringify(isian.keadaan) };
  aturRagam();
  daftar.gambar(baris.id_kirim);
  isian.kotak[0].el.focus();
  $("lembar").scrollIntoView({ block: "nearest" });
}

function perbaiki(baris) {
  koreksi(baris);
  const salah = baris.salah?.[0];
  if (!salah || koreksiAtas?.id_kirim !== baris.id_kirim) return;
  isian.fokusKe(salah.isian);
  isian.pesan(salah.pesan);
}

async function buang(baris) {
  if (!(await tanya(`Buang lembar ${baris.nomor}?`, "Lembar ini ditolak server dan belum tersimpan. Setelah dibuang harus diketik lagi dari kertasnya.", "Ya, buang"))) return;
  antrean.buang(baris.uid);
  daftar.hapus(baris.id_kirim);
  gambar();
  muatSesi();
  isian.fokusAwal();
}

/** F2: the newest sheet; once more: the one before it. */
function koreksiTerakhir() {
  const i = koreksiAtas ? daftar.baris.findIndex((b) => b.id_kirim === koreksiAtas.id_kirim) + 1 : 0;
  const baris = daftar.baris[i];
  if (!baris || i >= 10) isian.pesan(i ? "Tidak ada lembar yang lebih lama pada daftar." : "Belum ada lembar yang dapat dikoreksi.");
  else if (koreksiAtas && JSON.stringify(isian.keadaan) !== koreksiAtas.semula) isian.pesan("Simpan koreksi ini dengan Enter, atau batalkan dengan Esc, sebelum pindah.");
  else if (baris.keadaan === "ditolak") perbaiki(baris);
  else koreksi(baris);
}

function selesaiKoreksi() {
  koreksiAtas = null;
  kembaliKeLembar();
}

function kembaliKeLembar() {
  isian.kosongkan();
  aturRagam();
  if (simpananLembar) {
    isian.nomor.value = simpananLembar.nomor;
    isian.kembalikan(simpananLembar.keadaan);
  }
  if (!isian.berisi) isian.nomor.value = nomorBerikut();
  simpananLembar = null;
  gambar();
  isian.fokusAwal();
}

// Entri ulang -----------------------------------------------------------------------------------------

async function mulaiUlang() {
  if (antrean.menunggu || antrean.ditolak.length || koreksiAtas) {
    ulang.pesan = koreksiAtas ? "Selesaikan koreksi dahulu." : "Tunggu sampai semua lembar tersimpan.";
    ulang.gambar();
    return;
  }
  ulang.pesan = "";
  try {
    if (!sesi.terpilih?.length) await ulang.pilih();
    if (!sesi.terpilih.length) ulang.pesan = "Belum ada lembar tersimpan dalam sesi ini.";
    else if (!ulang.tunggu.length) await bandingkan();
    else {
      simpananLembar = { nomor: isian.nomor.value, keadaan: isian.keadaan };
      ulang.aktif = true;
      lembarUlang();
    }
  } catch {
    ulang.pesan = "Server belum dapat dihubungi. Coba lagi sebentar lagi; yang sudah diketik tidak hilang.";
  }
  ulang.gambar();
}

function lembarUlang() {
  isian.kosongkan();
  isian.nomor.value = ulang.kini.nomor;
  aturRagam();
  isian.kotak[0].el.focus();
  $("lembar").scrollIntoView({ block: "nearest" });
}

async function catatUlang(lembar) {
  ulang.catat(lembar);
  if (ulang.tunggu.length) {
    lembarUlang();
    return;
  }
  berhentiUlang();
  await mulaiUlang();
}

async function bandingkan() {
  await ulang.banding();
  ulang.gambar();
  $("hasil-ulang").focus();
  $("ulang").scrollIntoView({ block: "nearest" });
}

function berhentiUlang() {
  ulang.aktif = false;
  kembaliKeLembar();
  ulang.gambar();
}

/** Take one field of the second entry over into the stored sheet. */
function pakaiUlang(idKirim, kode, nilai) {
  // Two differences of one sheet: the second goes on from the first.
  const dasar = daftar.cari(idKirim) ?? sesi.banding.beda.find((d) => d.lembar.id_kirim === idKirim).lembar;
  const { nomor, nilai: jawaban, layanan, profil, saran } = dasar;
  const baru = { nomor: Number(nomor), nilai: jawaban, layanan, profil: { ...profil }, saran };
  const i = isi.pertanyaan.findIndex((q) => q.kode === kode);
  if (i >= 0) baru.nilai = jawaban.slice(0, i) + (nilai || "-") + jawaban.slice(i + 1);
  else if (kode === "layanan") baru.layanan = nilai || layanan;
  else if (nilai) baru.profil[kode] = nilai;
  else delete baru.profil[kode];
  for (const d of sesi.banding.beda) if (d.lembar.id_kirim === idKirim) Object.assign(d.lembar, baru);
  simpanSesi(sesi);
  antrean.tambah("koreksi", idKirim, badanLama(dasar, baru));
}

// What is shown of sending and storing ------------------------------------------------------------------

function gambar() {
  if (!sesi) return;
  daftar.gambar(koreksiAtas?.id_kirim);
  gambarKeadaan();
  ulang.gambar();
}

function gambarKeadaan() {
  const [menunggu, ditolak] = [antrean.menunggu, antrean.ditolak.length];
  const tunda = menunggu > 0 && antrean.gagal;
  const teks = [];
  if (tunda) teks.push(`${angka(menunggu)} lembar belum tersimpan; dikirim lagi otomatis.`, antrean.pesan || "Server belum dapat dihubungi; tetaplah mengetik.");
  else if (menunggu > 1) teks.push(`${angka(menunggu)} lembar belum tersimpan.`);
  else if (menunggu) teks.push("Menyimpan…");
  if (ditolak) teks.push(`${angka(ditolak)} lembar ditolak; perbaiki pada daftar di bawah.`);
  const aman = daftar.hitung?.lembar ? "Semua lembar tersimpan." : "";
  $("keadaan").textContent = teks.join(" ") || aman;
  $("keadaan").dataset.jenis = ditolak ? "ditolak" : tunda ? "tunda" : menunggu ? "kirim" : "aman";
  $("coba").hidden = !tunda;
  // Read out only trouble and its end; the count below the sheet tells the rest.
  const kabar = tunda || ditolak ? teks.join(" ") : $("kabar").textContent && !menunggu ? aman : $("kabar").textContent;
  if ($("kabar").textContent !== kabar) $("kabar").textContent = kabar;
}

antrean.addEventListener("berubah", () => {
  if (!sesi) return;
  tandaiAntrean();
  gambar();
});
antrean.addEventListener("tersimpan", ({ detail: { butir, hasil } }) => {
  if (!sesi || butir.badan.sesi !== sesi.sesi) return;
  const lagi = antrean.semua.some((b) => b.id_kirim === butir.id_kirim);
  if (hasil?.lembar && !lagi) daftar.taruh({ ...hasil.lembar, keadaan: "tersimpan" });
  if (hasil) daftar.hitung = hasil.hitung;
  if (!hasil?.lembar || perluMuat || !$("nomor-batch").textContent) muatSesi();
});

isian.addEventListener("simpan", simpan);
isian.addEventListener("batal", batal);
isian.addEventListener("koreksi", koreksiTerakhir);
$("kosongkan").addEventListener("click", batal);
$("coba").addEventListener("click", () => {
  antrean.dorong();
  isian.fokusAwal();
});
$("tutup").addEventListener("click", tutup);
$("mulai-ulang").addEventListener("click", mulaiUlang);
addEventListener("beforeunload", (e) => {
  if (!antrean.semua.length && !(sesi && isian.berisi)) return;
  e.preventDefault();
  e.returnValue = true; // browsers before 2023
});

siapkanAwal(mulai);
const dulu = sesiTab();
if (dulu) mulai(dulu);
else bukaAwal();
antrean.dorong();
