// The kinds of field on a sheet. Each takes one key at a time: it accepts it, or says why not.
// `ketik` returns { salah } for a refused key and { maju: true } where the field is complete.

const lipat = (teks) => teks.toLocaleLowerCase("id").replace(/\s+/g, " ").trim();

class Medan {
  constructor(el, nama) {
    this.el = el;
    this.nama = nama;
    this.segar = false; // just focused: the first key replaces what stands there
    this.cara = "";
  }

  get terlihat() {
    return this.el.offsetParent !== null;
  }

  masuk() {
    this.segar = true;
    this.el.select?.();
  }

  kosongkan() {
    this.nilai = "";
  }

  /** Return why the field cannot be left as it is, or "". */
  kendala() {
    return "";
  }
}

/** One question: 1-4 by value, a-d by the order on the paper, 0 or - for a blank. */
export class Kotak extends Medan {
  #nilai = "";

  constructor(el, pertanyaan, nomor) {
    super(el, `Pertanyaan ${nomor}`);
    this.pertanyaan = pertanyaan;
    this.nomor = nomor;
    this.kunci = new Map([["0", "-"], ["-", "-"]]);
    for (const o of pertanyaan.pilihan) this.kunci.set(o.nilai, o.nilai).set(o.huruf, o.nilai);
  }

  get nilai() {
    return this.#nilai;
  }

  set nilai(baru) {
    this.#nilai = baru;
    this.el.value = baru === "-" ? "–" : baru;
    this.el.classList.toggle("kosong", baru === "-");
  }

  ketik(huruf) {
    const nilai = this.kunci.get(huruf.toLowerCase());
    if (nilai === undefined) {
      const tombol = huruf === " " ? "Spasi" : `“${huruf}”`;
      return { salah: `${tombol} bukan jawaban pertanyaan ${this.nomor}. Ketik 1–4 atau a–d; 0 atau - bila kosong di kertas.` };
    }
    this.nilai = nilai;
    return { maju: true };
  }

  hapusSatu() {
    const ada = this.#nilai !== "";
    this.nilai = "";
    return ada;
  }

  kendala() {
    return this.#nilai === "" ? `Pertanyaan ${this.nomor} belum diisi. Ketik 0 bila kosong di kertas.` : "";
  }

  bantuan() {
    return {
      judul: `${this.nomor}. ${this.pertanyaan.teks}`,
      pilihan: this.pertanyaan.pilihan.map((o) => ({ kunci: o.huruf, nilai: o.nilai, teks: o.teks, aktif: o.nilai === this.#nilai })),
    };
  }
}

/** One of several options: its number on the list, or the first letters of its code or name. */
export class Kode extends Medan {
  #teks = "";

  constructor(el, hasil, label, pilihan) {
    super(el, label);
    this.hasil = hasil;
    this.cara = "Ketik nomor atau huruf awalnya; - bila kosong di kertas. Tab ke isian berikut.";
    this.lebar = String(pilihan.length).length;
    this.pilihan = pilihan.map((o, i) => ({
      ...o,
      nomor: String(i + 1).padStart(this.lebar, "0"),
      nama: [lipat(o.kode), lipat(o.teks)],
    }));
  }

  get nilai() {
    return this.#cocok()?.kode ?? "";
  }

  set nilai(kode) {
    const o = this.pilihan.find((x) => x.kode === kode);
    this.#tulis(o ? o.nomor : "");
  }

  ketik(huruf) {
    if (huruf === " " && !this.#teks) return { salah: `Spasi bukan isian ${this.nama}. Ketik nomor atau huruf awal; - bila kosong di kertas.` };
    const mulai = this.segar ? "" : this.#teks;
    if (mulai === "" && huruf === "-") {
      this.#tulis("");
      return { maju: true };
    }
    const baru = (mulai + huruf).toLocaleLowerCase("id");
    const calon = this.#calon(baru);
    if (baru === "0".repeat(this.lebar)) {
      this.#tulis("");
      return { maju: true };
    }
    if (!calon.length && !/^0+$/.test(baru)) return { salah: `“${baru}” tidak ada pada ${this.nama}. Lihat daftarnya; - bila kosong di kertas.` };
    this.segar = false;
    this.#tulis(baru);
    const tuntas = /^\d+$/.test(baru) ? baru.length === this.lebar : calon.length === 1 && calon[0].nama.includes(baru);
    return { maju: tuntas };
  }

  hapusSatu() {
    const ada = this.#teks !== "";
    this.#tulis(this.segar ? "" : this.#teks.slice(0, -1));
    this.segar = false;
    return ada;
  }

  kendala() {
    if (!this.#teks || this.#cocok()) return "";
    const calon = this.#calon(this.#teks).map((o) => o.teks);
    return `${this.nama} “${this.#teks}” belum jelas${calon.length ? `: ${calon.slice(0, 5).join(", ")}${calon.length > 5 ? ", …" : ""}` : ""}. Ketik lanjutannya.`;
  }

  bantuan() {
    return {
      judul: this.nama,
      pilihan: this.pilihan.map((o) => ({ kunci: o.nomor, teks: o.teks, aktif: o.kode === this.nilai })),
    };
  }

  #calon(teks) {
    if (/^\d+$/.test(teks)) return this.pilihan.filter((o) => o.nomor.startsWith(teks));
    return this.pilihan.filter((o) => o.nama.some((n) => n.startsWith(teks)));
  }

  #cocok() {
    if (!this.#teks) return null;
    if (/^\d+$/.test(this.#teks)) return this.pilihan.find((o) => o.nomor === this.#teks) ?? null;
    const sama = this.pilihan.find((o) => o.nama.includes(lipat(this.#teks)));
    const calon = this.#calon(this.#teks);
    return sama ?? (calon.length === 1 ? calon[0] : null);
  }

  #tulis(teks) {
    this.#teks = teks;
    this.el.value = teks;
    this.hasil.textContent = this.#cocok()?.teks ?? "";
  }
}

/** A number that falls into a class, such as an age. */
export class Angka extends Medan {
  #teks = "";

  constructor(el, hasil, label, kelompok) {
    super(el, label);
    this.hasil = hasil;
    this.cara = "Ketik angkanya; - bila kosong di kertas. Tab ke isian berikut.";
    this.kelompok = kelompok;
    this.terbesar = Math.min(150, Math.max(...kelompok.map((k) => k.sampai ?? 150)));
  }

  get nilai() {
    return this.#teks === "" ? "" : String(Number(this.#teks));
  }

  set nilai(baru) {
    this.#tulis(baru);
  }

  ketik(huruf) {
    const mulai = this.segar ? "" : this.#teks;
    if (mulai === "" && huruf === "-") {
      this.#tulis("");
      return { maju: true };
    }
    if (!/^\d$/.test(huruf)) return { salah: `“${huruf}” bukan angka. ${this.nama} ditulis dengan angka; - bila kosong di kertas.` };
    const baru = mulai + huruf;
    if (Number(baru) > this.terbesar || baru.length > 3) return { salah: `${this.nama} ${baru} di luar rentang survei ini.` };
    this.segar = false;
    this.#tulis(baru);
    // Complete as soon as no further digit could follow: 34 is, 12 might become 120.
    return { maju: baru.length === 3 || (baru.length === 2 && Number(baru) * 10 > this.terbesar) };
  }

  hapusSatu() {
    const ada = this.#teks !== "";
    this.#tulis(this.segar ? "" : this.#teks.slice(0, -1));
    this.segar = false;
    return ada;
  }

  kendala() {
    return this.#teks && !this.#kelas() ? `${this.nama} ${this.#teks} di luar rentang survei ini.` : "";
  }

  bantuan() {
    return { judul: this.nama, pilihan: this.kelompok.map((k) => ({ teks: k.teks, aktif: k === this.#kelas() })) };
  }

  #kelas() {
    if (this.#teks === "") return null;
    const n = Number(this.#teks);
    return this.kelompok.find((k) => k.dari <= n && (k.sampai == null || n <= k.sampai)) ?? null;
  }

  #tulis(teks) {
    this.#teks = teks;
    this.el.value = teks;
    this.hasil.textContent = this.#kelas()?.teks ?? "";
  }
}

/** Free text; the browser does the typing. */
export class Teks extends Medan {
  get nilai() {
    return this.el.value;
  }

  set nilai(baru) {
    this.el.value = baru;
  }

  cara = "Ketik seperti tertulis; jangan ketik nama, NIK, atau nomor telepon. Enter menyimpan lembar.";

  masuk() {}

  bantuan() {
    return { judul: "Saran dan masukan", pilihan: [] };
  }
}
