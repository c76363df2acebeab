// The sheet that is being keyed: one chain of fields, moved along by the keys themselves.

import { $, buat, isi } from "./dasar.js";
import { Angka, Kode, Kotak, Teks } from "./medan.js";

const TANPA_NUMLOCK = "Num Lock mati, jadi tombol angka di kanan memindahkan kursor. Tekan Num Lock, lalu ketik lagi.";

export class Isian extends EventTarget {
  constructor() {
    super();
    this.kotak = isi.pertanyaan.map((q, i) => new Kotak($(`jawab-${i + 1}`), q, i + 1));
    this.layanan = isi.layanan.length ? new Kode($("layanan"), $("hasil-layanan"), "Jenis layanan", isi.layanan) : null;
    this.profil = isi.profil.map((p, i) => {
      const [el, hasil] = [$(`profil-${i + 1}`), $(`hasil-profil-${i + 1}`)];
      return [p.kode, p.pilihan.length ? new Kode(el, hasil, p.label, p.pilihan) : new Angka(el, hasil, p.label, p.kelompok)];
    });
    this.saran = new Teks($("saran"), "Saran");
    this.rantai = [...this.kotak, this.layanan, ...this.profil.map(([, m]) => m), this.saran].filter(Boolean);
    this.kini = this.rantai[0];
    this.nomor = $("nomor");
    this.#pasang();
  }

  /** The keyed sheet; call only when `periksa` finds nothing. */
  get lembar() {
    return {
      nomor: Number(this.nomor.value),
      nilai: this.kotak.map((k) => k.nilai).join(""),
      layanan: this.layanan?.nilai || null,
      profil: Object.fromEntries(this.profil.map(([kode, m]) => [kode, m.nilai]).filter(([, v]) => v !== "")),
      saran: this.saran.nilai.trim(),
    };
  }

  /** What stands in the fields, complete or not. */
  get keadaan() {
    return this.rantai.map((m) => m.nilai);
  }

  get berisi() {
    return this.rantai.some((m) => m.nilai !== "" || m.el.value !== "");
  }

  muat(lembar) {
    this.kosongkan();
    this.nomor.value = lembar.nomor;
    this.kotak.forEach((k, i) => (k.nilai = lembar.nilai?.[i] ?? ""));
    if (this.layanan) this.layanan.nilai = lembar.layanan ?? "";
    for (const [kode, m] of this.profil) m.nilai = lembar.profil?.[kode] ?? "";
    this.saran.nilai = lembar.saran ?? "";
  }

  kembalikan(keadaan) {
    this.rantai.forEach((m, i) => (m.nilai = keadaan[i]));
  }

  kosongkan() {
    for (const m of this.rantai) m.kosongkan();
    this.pesan("");
  }

  fokusAwal() {
    (this.kotak.find((k) => k.nilai === "") ?? this.kotak[0]).el.focus();
  }

  fokusKe(kode) {
    const i = isi.pertanyaan.findIndex((q) => q.kode === kode);
    const m = this.kotak[i] ?? this.profil.find(([k]) => k === kode)?.[1] ?? { layanan: this.layanan, saran: this.saran }[kode];
    if (kode === "nomor") this.nomor.focus();
    else if (m) m.el.focus();
    else this.fokusAwal();
  }

  /** Say what is wrong; "" takes the last message away. */
  pesan(teks, el) {
    const tempat = $("salah");
    if (tempat.textContent !== teks) tempat.textContent = teks;
    for (const lama of document.querySelectorAll(".tolak")) if (lama !== el) lama.classList.remove("tolak");
    if (!teks || !el) return;
    el.classList.remove("tolak");
    void el.offsetWidth; // so that the same hint shows again
    el.classList.add("tolak");
  }

  /** Return the first reason why the sheet cannot be saved: [sentence, element] or null. */
  periksa() {
    if (!/^[1-9]\d{0,5}$/.test(this.nomor.value)) return ["Nomor lembar harus angka 1 sampai 999999.", this.nomor];
    for (const m of this.rantai) {
      const kendala = m.terlihat ? m.kendala() : "";
      if (kendala) return [kendala, m.el];
    }
    if (this.kotak.every((k) => k.nilai === "-")) return ["Semua jawaban lembar ini kosong, jadi tidak ada yang dihitung. Lewati lembar itu, atau isi sedikitnya satu jawaban.", this.kotak[0].el];
    return null;
  }

  simpan() {
    const masalah = this.periksa();
    if (masalah) {
      masalah[1].focus();
      this.pesan(...masalah);
      return;
    }
    this.pesan("");
    this.dispatchEvent(new Event("simpan"));
  }

  #pasang() {
    const form = $("lembar");
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      this.simpan();
    });
    for (const m of this.rantai) {
      m.el.addEventListener("focus", () => {
        this.kini = m;
        m.masuk();
        this.#bantu(m);
      });
      // A click into a field that has the focus already means "anew" as well.
      m.el.addEventListener("click", () => m.masuk());
      m.el.addEventListener("blur", () => ($("catatan").hidden = true));
      if (m !== this.saran) m.el.addEventListener("beforeinput", (e) => this.#tempel(e, m));
    }
    this.nomor.addEventListener("focus", () => this.nomor.select());
    this.nomor.addEventListener("beforeinput", (e) => {
      const teks = e.data ?? e.dataTransfer?.getData("text/plain");
      if (teks && /\D/.test(teks)) {
        e.preventDefault();
        this.pesan("Nomor lembar ditulis dengan angka.", this.nomor);
      }
    });
    document.addEventListener("keydown", (e) => this.#tombol(e));
  }

  #tombol(e) {
    if ($("kerja").hidden || $("dialog").open || e.ctrlKey || e.altKey || e.metaKey || e.isComposing) return;
    if (e.key === "F2" || e.key === "Escape") {
      e.preventDefault();
      if (!e.repeat) this.dispatchEvent(new Event(e.key === "F2" ? "koreksi" : "batal"));
      return;
    }
    if (e.target === this.nomor) {
      if (e.key === "Enter") {
        e.preventDefault();
        this.pesan("");
        this.fokusAwal();
      }
      return;
    }
    let m = this.rantai.find((x) => x.el === e.target);
    if (!m) {
      // Keys that reach no field at all would be lost: they go on where the clerk was.
      if (e.target !== document.body || e.key.length !== 1 || e.key === " ") return;
      m = this.kini.terlihat ? this.kini : this.kotak[0];
      m.el.focus();
    }
    this.#diMedan(e, m);
  }

  #diMedan(e, m) {
    const bebas = m === this.saran;
    if (e.location === KeyboardEvent.DOM_KEY_LOCATION_NUMPAD && e.key.length > 1 && e.key !== "Enter" && !bebas) {
      e.preventDefault();
      this.pesan(TANPA_NUMLOCK, m.el);
    } else if (e.key === "Enter") {
      e.preventDefault();
      if (!e.repeat) this.simpan();
    } else if (e.key === "Tab") {
      const kendala = m instanceof Kotak ? "" : m.kendala();
      if (kendala) {
        e.preventDefault();
        this.pesan(kendala, m.el);
      }
    } else if (e.key === "Backspace") {
      this.#mundur(e, m, bebas);
    } else if (bebas) {
      if (e.key.length === 1) this.pesan("");
    } else if (e.key === "ArrowLeft" || e.key === "ArrowRight") {
      e.preventDefault();
      this.#pindah(m, e.key === "ArrowRight" ? 1 : -1);
    } else if (e.key === "Delete") {
      e.preventDefault();
      m.kosongkan();
      this.#bantu(m);
    } else if (e.key.length === 1) {
      e.preventDefault();
      if (e.repeat) this.pesan("Tombol tertahan: hanya ketukan pertama yang dicatat.", m.el);
      else this.#ketik(m, e.key);
    }
  }

  #ketik(m, huruf) {
    const hasil = m.ketik(huruf);
    if (hasil.salah) {
      this.pesan(hasil.salah, m.el);
      return false;
    }
    this.pesan("");
    if (hasil.maju) this.#pindah(m, 1);
    else this.#bantu(m);
    return true;
  }

  /** Pasted text and on-screen keyboards: the same as its characters one by one. */
  #tempel(e, m) {
    e.preventDefault();
    const teks = (e.data ?? e.dataTransfer?.getData("text/plain") ?? "").replace(/[\s;,]+/g, "");
    if (!teks && e.inputType.startsWith("delete")) this.#mundur(e, m, false);
    for (const huruf of teks) if (!this.#ketik(this.kini ?? m, huruf)) break;
  }

  #mundur(e, m, bebas) {
    if (bebas && m.el.value !== "") return;
    e.preventDefault();
    this.pesan("");
    if (!bebas && m.hapusSatu()) {
      this.#bantu(m);
      return;
    }
    const lalu = this.#pindah(m, -1);
    if (lalu && lalu !== this.saran) {
      lalu.kosongkan();
      this.#bantu(lalu);
    }
  }

  #pindah(m, arah) {
    for (let i = this.rantai.indexOf(m) + arah; i >= 0 && i < this.rantai.length; i += arah) {
      if (this.rantai[i].terlihat) {
        this.rantai[i].el.focus();
        return this.rantai[i];
      }
    }
    this.#bantu(m);
    return null;
  }

  /** Show what the field takes: a question's answers under the boxes, a list as a note over what
   * lies below, so that nothing moves while keys are coming. */
  #bantu(m) {
    const { judul, pilihan } = m.bantuan();
    const butir = pilihan.map((o) =>
      buat(
        "li",
        { class: o.aktif ? "aktif" : null },
        o.kunci ? buat("kbd", {}, o.kunci) : null,
        o.nilai ? buat("kbd", {}, o.nilai) : null,
        o.teks,
      ),
    );
    const kotak = m instanceof Kotak;
    $("bantuan").replaceChildren(buat("p", {}, judul), kotak ? buat("ul", {}, ...butir) : buat("p", { class: "redup" }, m.cara));
    $("catatan").hidden = kotak || !butir.length;
    $("catatan").replaceChildren(buat("ul", { class: butir.length > 8 ? "banyak" : null }, ...(kotak ? [] : butir)));
  }
}
