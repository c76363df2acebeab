// The last sheets with their answers, and the totals of the sitting.

import { $, angka, buat, isi } from "./dasar.js";

const TAMPIL = 10;
const KEADAAN = { dikirim: "Belum tersimpan", koreksi: "Koreksi belum tersimpan", ditolak: "Ditolak" };

export class Daftar {
  /** `tindakan` has koreksi(baris), perbaiki(baris) and buang(baris). */
  constructor(tindakan) {
    this.tindakan = tindakan;
    this.kosongkan();
  }

  kosongkan() {
    this.baris = []; // newest first
    this.hitung = null;
    this.nomor = new Map(); // number -> id of the sheet that has it
  }

  cari(idKirim) {
    return this.baris.find((b) => b.id_kirim === idKirim);
  }

  /** Put a sheet in, or over the one of the same id. */
  taruh(lembar) {
    const i = this.baris.findIndex((b) => b.id_kirim === lembar.id_kirim);
    if (i < 0) this.baris.unshift(lembar);
    else this.baris[i] = { ...this.baris[i], salah: null, uid: null, ...lembar };
    for (const [n, id] of this.nomor) if (id === lembar.id_kirim) this.nomor.delete(n);
    this.nomor.set(Number(lembar.nomor), lembar.id_kirim);
  }

  hapus(idKirim) {
    this.baris = this.baris.filter((b) => b.id_kirim !== idKirim);
    for (const [n, id] of this.nomor) if (id === idKirim) this.nomor.delete(n);
  }

  get nomorBerikut() {
    return Math.max(0, ...this.nomor.keys()) + 1;
  }

  gambar(dipilih) {
    const fokus = document.activeElement?.closest?.("#daftar tr")?.dataset.id;
    const tampil = this.baris.filter((b, i) => i < TAMPIL || b.keadaan === "ditolak");
    $("daftar").replaceChildren(...tampil.map((b) => this.#baris(b, b.id_kirim === dipilih)));
    if (!tampil.length) {
      const lebar = isi.pertanyaan.length + 4;
      $("daftar").append(buat("tr", {}, buat("td", { colspan: lebar, class: "redup" }, "Belum ada lembar dalam sesi ini.")));
    }
    if (fokus) document.querySelector(`#daftar tr[data-id="${CSS.escape(fokus)}"] button`)?.focus();
    this.#gambarJumlah();
  }

  #baris(b, dipilih) {
    const jawaban = [...b.nilai].map((n) => buat("td", { class: n === "-" ? "tengah redup" : "tengah" }, n === "-" ? "–" : n));
    const keadaan = KEADAAN[b.keadaan] ?? `Tersimpan ${b.jam}`;
    const alasan = b.salah?.length ? buat("span", { class: "alasan" }, b.salah.map((s) => s.pesan).join(" ")) : null;
    const tombol =
      b.keadaan === "ditolak"
        ? [this.#tombol("Perbaiki", b, "perbaiki"), this.#tombol("Buang", b, "buang")]
        : [this.#tombol("Koreksi", b, "koreksi")];
    return buat(
      "tr",
      { "data-id": b.id_kirim, "data-keadaan": b.keadaan ?? "tersimpan", class: dipilih ? "dipilih" : null },
      buat("th", { scope: "row", class: "kanan" }, String(b.nomor)),
      ...jawaban,
      buat("td", { class: "orang" }, ringkas(b)),
      buat("td", { class: "status" }, keadaan, alasan),
      buat("td", { class: "tindakan" }, ...tombol),
    );
  }

  #tombol(teks, b, nama) {
    const label = `${teks} lembar ${b.nomor}`;
    return buat("button", { type: "button", class: "tipis kecil", "aria-label": label, onclick: () => this.tindakan[nama](b) }, teks);
  }

  #gambarJumlah() {
    const h = this.hitung;
    const kaki = [];
    if (h) {
      const sisa = () => buat("td", { colspan: 2 });
      const total = h.jumlah.reduce((a, b) => a + b, 0);
      const nilai = h.jumlah.map((n, i) => buat("td", { class: "tengah", "data-jumlah": i + 1 }, angka(n)));
      const terisi = h.terisi.map((n) => buat("td", { class: "tengah" }, angka(n)));
      kaki.push(
        buat("tr", {}, buat("th", { scope: "row" }, "Jumlah nilai"), ...nilai, buat("td", {}, `Semua: ${angka(total)}`), sisa()),
        buat("tr", {}, buat("th", { scope: "row" }, "Terisi"), ...terisi, buat("td", {}, `dari ${angka(h.lembar)} lembar`), sisa()),
      );
    }
    $("kaki").replaceChildren(...kaki);
    $("jumlah").textContent = h ? `${angka(h.lembar)} lembar tersimpan dalam sesi ini` : "";
  }
}

/** The fields about the respondent as short words. */
function ringkas(b) {
  const layanan = isi.layanan.find((o) => o.kode === b.layanan);
  const orang = isi.profil.map((p) => {
    const nilai = b.profil?.[p.kode];
    if (!nilai) return null;
    const o = p.pilihan.find((x) => x.kode === nilai);
    return o ? (o.teks.length > 12 ? o.kode : o.teks) : [nilai, p.satuan === "tahun" ? "th" : p.satuan].join(" ").trim();
  });
  const bagian = [...orang, layanan && pendek(layanan.teks), b.saran && `“${pendek(b.saran)}”`];
  return bagian.filter(Boolean).join(" · ") || "–";
}

function pendek(teks) {
  return teks.length > 34 ? `${teks.slice(0, 32).trimEnd()}…` : teks;
}
