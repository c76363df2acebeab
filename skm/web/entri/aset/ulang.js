// Entri ulang: the chosen sheets are keyed a second time without their first answers in sight,
// the server compares and keeps the result, and what differs can be put right. It is measured
// once, so putting a sheet right afterwards does not improve it.

import { $, angka, buat, isi } from "./dasar.js";

export class Ulang {
  /** `meja` has: sesi, simpanSesi(), pakai(lembar, isian, nilai), koreksi(lembar). */
  constructor(meja) {
    this.meja = meja;
    this.aktif = false;
    this.pesan = "";
    this.tersimpan = null; // the result that the server keeps of this sitting
  }

  get #sesi() {
    return this.meja.sesi;
  }

  get tunggu() {
    return (this.#sesi.terpilih ?? []).filter((t) => !this.#sesi.kedua?.[t.id_kirim]);
  }

  get kini() {
    return this.tunggu[0];
  }

  /** Ask which sheets are keyed again; once asked, they stay the chosen ones. */
  async pilih() {
    const jawab = await fetch(`${isi.alamat}/sesi/${this.#sesi.sesi}?ulang=${this.#sesi.setiap}`);
    if (!jawab.ok) throw new Error(jawab.status);
    this.#sesi.terpilih = (await jawab.json()).ulang;
    this.meja.simpanSesi();
  }

  catat(lembar) {
    const { nilai, layanan, profil } = lembar;
    this.#sesi.kedua = { ...this.#sesi.kedua, [this.kini.id_kirim]: { nilai, layanan, profil } };
    this.meja.simpanSesi();
  }

  async banding() {
    const lembar = this.#sesi.terpilih.map((t) => ({ id_kirim: t.id_kirim, ...this.#sesi.kedua[t.id_kirim] }));
    const jawab = await fetch(`${isi.alamat}/sesi/${this.#sesi.sesi}/banding`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ versi: isi.versi, layanan: this.#sesi.layanan === "*", lembar }),
    });
    if (!jawab.ok) throw new Error(jawab.status);
    this.#sesi.banding = await jawab.json();
    this.tersimpan = this.#sesi.banding.ganda;
    this.meja.simpanSesi();
  }

  gambar() {
    const s = this.#sesi;
    $("ulang").hidden = !s?.setiap;
    if (!s?.setiap) return;
    const tombol = $("mulai-ulang");
    const semua = s.terpilih?.length ?? 0;
    const selesai = semua > 0 && !this.tunggu.length;
    tombol.hidden = this.aktif || Boolean(s.banding);
    tombol.textContent = selesai ? (this.tersimpan ? "Bandingkan lagi" : "Bandingkan") : semua ? "Lanjutkan entri ulang" : "Mulai entri ulang";
    $("penjelas-ulang").textContent = this.pesan || this.#penjelas(s, semua);
    $("hasil-ulang").replaceChildren(...(s.banding ? this.#hasil(s.banding) : this.#simpanan()));
  }

  #penjelas(s, semua) {
    if (s.banding && !this.tersimpan) return "Hasil ini hanya ada di peramban ini bersama sesinya. Catat bila diperlukan sebelum sesi ditutup.";
    const lanjut = s.banding ? "Membetulkan lembar sesudahnya tidak mengubah hasil itu." : "Tekan Bandingkan lagi untuk melihat isian yang berbeda.";
    if (this.tersimpan) return `Hasil entri ulang sudah tersimpan dan tampil juga di dasbor, halaman Pengumpulan. ${lanjut}`;
    if (semua) return `Terpilih ${angka(semua)} lembar: nomor ${s.terpilih.map((t) => t.nomor).join(", ")}. Ambil lembar-lembar itu, lalu ketik lagi seluruh jawabannya.`;
    return `Setelah semua lembar sesi ini diketik, ${100 / s.setiap} % di antaranya dipilih acak untuk diketik sekali lagi. Dari bedanya terlihat berapa sering salah ketik.`;
  }

  #simpanan() {
    const t = this.tersimpan;
    if (!t) return [];
    const jumlah = `Seluruh isian: ${angka(t.berbeda)} dari ${angka(t.isian)} isian berbeda (${t.tingkat})`;
    return [buat("p", { id: "tersimpan-ulang", class: "tingkat" }, `${jumlah} pada ${angka(t.lembar)} lembar, dibandingkan ${t.waktu}.`)];
  }

  #hasil(b) {
    const tingkat = buat("p", { class: "tingkat" }, buat("strong", {}, b.tingkat ?? "–"), ` jawaban berbeda: ${angka(b.jawaban_beda)} dari ${angka(b.jawaban)} jawaban pada ${angka(b.lembar)} lembar yang diketik dua kali.`);
    const data = b.data ? buat("p", { class: "penjelas" }, `Data responden: ${angka(b.data_beda)} dari ${angka(b.data)} isian berbeda (${b.tingkat_data}).`) : null;
    const ringkas = [tingkat, data, ...this.#simpanan()].filter(Boolean);
    if (!b.beda.length) return [...ringkas, buat("p", {}, "Tidak ada yang berbeda.")];
    const kepala = ["Lembar", "Isian", "Pertama", "Entri ulang", ""].map((t) => buat("th", { scope: "col" }, t));
    const baris = b.beda.map((d, i) => this.#beda(d, i));
    const tabel = buat("div", { class: "gulir" }, buat("table", { class: "beda" }, buat("thead", {}, buat("tr", {}, ...kepala)), buat("tbody", {}, ...baris)));
    return [...ringkas, tabel];
  }

  #beda(d, i) {
    const putus = (nilai) => {
      d.putusan = nilai;
      this.meja.simpanSesi();
      if (nilai === "kedua") this.meja.pakai(d.lembar.id_kirim, d.isian, d.kedua);
      this.gambar();
      document.querySelector(`#hasil-ulang tr:nth-child(${i + 2}) button`)?.focus();
    };
    const tombol = (teks, kerja) => buat("button", { type: "button", class: "tipis kecil", "aria-label": `${teks}, lembar ${d.lembar.nomor} ${namaIsian(d.isian)}`, onclick: kerja }, teks);
    const hapus = d.kedua === "" && d.isian === "layanan"; // a layanan can be changed, not removed
    const pilihan = d.putusan
      ? [d.putusan === "kedua" ? "Entri ulang dipakai" : "Tetap yang pertama"]
      : [tombol("Tetap yang pertama", () => putus("pertama")), hapus ? null : tombol("Pakai entri ulang", () => putus("kedua"))];
    return buat(
      "tr",
      {},
      buat("th", { scope: "row" }, d.lembar.nomor),
      buat("td", {}, namaIsian(d.isian)),
      buat("td", {}, teksIsian(d.isian, d.pertama)),
      buat("td", {}, teksIsian(d.isian, d.kedua)),
      buat("td", { class: "tindakan" }, ...pilihan),
    );
  }
}

function namaIsian(kode) {
  const i = isi.pertanyaan.findIndex((q) => q.kode === kode);
  if (i >= 0) return `${i + 1}. ${isi.pertanyaan[i].pendek}`;
  return kode === "layanan" ? "Jenis layanan" : (isi.profil.find((p) => p.kode === kode)?.label ?? kode);
}

function teksIsian(kode, nilai) {
  if (!nilai) return "kosong";
  const pilihan = kode === "layanan" ? isi.layanan : (isi.profil.find((p) => p.kode === kode)?.pilihan ?? []);
  return pilihan.find((o) => o.kode === nilai)?.teks ?? nilai;
}
