// What is not yet stored on the server. Each item has a place of its own in localStorage until the
// server has answered, so neither a reload nor a second tab can lose it; sent twice it is stored
// once, because every sheet has its own id.

import { idBaru, isi, simpanan } from "./dasar.js";

const AWALAN = `skm-entri:${isi.survei}:antre:`;
const JEDA = 1_000;
const JEDA_TERPANJANG = 15_000;
const BATAS_WAKTU = 20_000;
const DITOLAK = new Set([400, 404, 405, 409, 413, 415, 422]);

export class Antrean extends EventTarget {
  #butir = new Map();
  #sibuk = false;
  #jeda = JEDA;
  #jam = null;
  #urut = 0;
  #lagi = false;
  pesan = "";

  constructor() {
    super();
    for (const kunci of simpanan.kunci(AWALAN)) {
      const b = simpanan.ambil(kunci);
      if (b?.uid) this.#butir.set(b.uid, b);
    }
    addEventListener("online", () => this.dorong());
  }

  /** All items, in the order in which they were keyed. */
  get semua() {
    return [...this.#butir.values()].sort((a, b) => a.urut - b.urut);
  }

  get menunggu() {
    return this.semua.filter((b) => b.keadaan === "antre").length;
  }

  get ditolak() {
    return this.semua.filter((b) => b.keadaan === "ditolak");
  }

  get gagal() {
    return this.#jeda > JEDA;
  }

  tambah(jenis, idKirim, badan) {
    // Two sheets within one millisecond still have an order.
    this.#urut = Math.max(this.#urut + 0.001, Date.now());
    this.#taruh({ uid: idBaru(), urut: this.#urut, jenis, id_kirim: idKirim, badan, keadaan: "antre", salah: [] });
    this.dorong();
  }

  /** Send a refused item again, with what the clerk has put right. */
  perbaiki(uid, badan) {
    this.#taruh({ ...this.#butir.get(uid), badan, keadaan: "antre", salah: [] });
    this.dorong();
  }

  buang(uid) {
    this.#hapus(uid);
    this.#kabar("berubah");
  }

  dorong() {
    clearTimeout(this.#jam);
    this.#jalan();
  }

  async #jalan() {
    if (this.#sibuk) {
      this.#lagi = true; // the round that is about to end may not have seen the newest item
      return;
    }
    this.#sibuk = true;
    this.#lagi = false;
    try {
      // One tab sends at a time, so that a late answer never brings an older correction back.
      if (navigator.locks) await navigator.locks.request("skm-entri", () => this.#semuaSatuSatu());
      else await this.#semuaSatuSatu();
    } finally {
      this.#sibuk = false;
    }
    if (this.#lagi) this.dorong();
  }

  async #semuaSatuSatu() {
    for (;;) {
      const b = this.semua.find((x) => x.keadaan === "antre");
      if (!b) break;
      if (!simpanan.gagal && simpanan.ambil(AWALAN + b.uid) === null) {
        this.#butir.delete(b.uid); // another tab has sent it
        this.#kabar("tersimpan", { butir: b, hasil: null });
      } else if (!(await this.#kirim(b))) {
        this.#jam = setTimeout(() => this.dorong(), this.#jeda);
        this.#jeda = Math.min(this.#jeda * 2, JEDA_TERPANJANG);
        break;
      }
      this.#kabar("berubah");
    }
    this.#kabar("berubah");
  }

  /** Send one item; false means "later". */
  async #kirim(b) {
    const batas = new AbortController();
    const jam = setTimeout(() => batas.abort(), BATAS_WAKTU);
    try {
      const baru = b.jenis === "baru";
      const alamat = `${isi.alamat}/lembar${baru ? "" : `/${b.id_kirim}`}`;
      const jawab = await fetch(alamat, {
        method: baru ? "POST" : "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(baru ? { ...b.badan, id_kirim: b.id_kirim } : b.badan),
        redirect: "error",
        signal: batas.signal,
      });
      const hasil = await jawab.json();
      if (jawab.ok) {
        this.#hapus(b.uid);
        this.#pulih();
        this.#kabar("tersimpan", { butir: b, hasil });
        return true;
      }
      if (DITOLAK.has(jawab.status)) {
        this.#pulih();
        this.#tolak(b, hasil.salah);
        return true;
      }
      this.pesan = hasil.salah?.[0]?.pesan ?? "";
    } catch {
      this.pesan = "";
    } finally {
      clearTimeout(jam);
    }
    return false;
  }

  #tolak(b, salah) {
    // A correction that was keyed while the sheet itself was refused is the better sheet.
    const lanjut = this.semua.find((x) => x.jenis === "koreksi" && x.id_kirim === b.id_kirim && x.uid !== b.uid);
    if (b.jenis === "baru" && lanjut) {
      this.#hapus(lanjut.uid);
      this.#taruh({ ...b, badan: lanjut.badan });
      return;
    }
    this.#taruh({ ...b, keadaan: "ditolak", salah: salah ?? [] });
    this.#kabar("ditolak", { butir: b, salah: salah ?? [] });
  }

  #pulih() {
    this.#jeda = JEDA;
    this.pesan = "";
  }

  #taruh(b) {
    this.#butir.set(b.uid, b);
    simpanan.taruh(AWALAN + b.uid, b);
    this.#kabar("berubah");
  }

  #hapus(uid) {
    this.#butir.delete(uid);
    simpanan.hapus(AWALAN + uid);
  }

  #kabar(jenis, detail) {
    this.dispatchEvent(new CustomEvent(jenis, { detail }));
  }
}
