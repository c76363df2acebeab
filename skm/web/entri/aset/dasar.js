// What every module uses: the survey's data, elements, ids, and storage that never throws.

export const isi = JSON.parse(document.getElementById("entri").dataset.isi);
export const $ = (id) => document.getElementById(id);

/** Make an element; texts are only ever set as text. */
export function buat(tag, atribut = {}, ...anak) {
  const baru = document.createElement(tag);
  for (const [nama, nilai] of Object.entries(atribut)) {
    if (nama.startsWith("on")) baru.addEventListener(nama.slice(2), nilai);
    else if (nilai === true) baru.setAttribute(nama, "");
    else if (nilai !== false && nilai != null) baru.setAttribute(nama, nilai);
  }
  baru.append(...anak.filter((a) => a != null));
  return baru;
}

/** An id that nobody else makes. randomUUID exists only on https and on this machine itself. */
export function idBaru() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

/** Return a sentence with its number: "3 lembar". */
export const angka = (n) => n.toLocaleString("id-ID");

/** localStorage as JSON; a browser that refuses it costs only what a reload would bring back. */
export const simpanan = {
  gagal: false,
  ambil(kunci) {
    try {
      return JSON.parse(localStorage.getItem(kunci));
    } catch {
      return null;
    }
  },
  taruh(kunci, nilai) {
    try {
      localStorage.setItem(kunci, JSON.stringify(nilai));
    } catch {
      this.gagal = true;
      $("tanpa-simpanan").hidden = false;
    }
  },
  hapus(kunci) {
    try {
      localStorage.removeItem(kunci);
    } catch {
      this.gagal = true;
    }
  },
  kunci(awalan) {
    try {
      return Object.keys(localStorage).filter((k) => k.startsWith(awalan));
    } catch {
      this.gagal = true;
      return [];
    }
  },
};

/** Ask a question in the page; Y and T answer it too. Resolves to true for yes. */
export function tanya(judul, teks, ya, tidak = "Tidak") {
  const dialog = $("dialog");
  $("dialog-judul").textContent = judul;
  $("dialog-isi").textContent = teks;
  $("dialog-ya").textContent = ya;
  $("dialog-tidak").textContent = tidak;
  return new Promise((selesai) => {
    const dengar = new AbortController();
    // Not by the event "close": it comes later, and might meet the next question.
    const jawab = (nilai) => {
      dengar.abort();
      dialog.close();
      selesai(nilai);
    };
    const pada = (el, jenis, kerja) => el.addEventListener(jenis, kerja, { signal: dengar.signal });
    pada($("dialog-ya"), "click", () => jawab(true));
    pada($("dialog-tidak"), "click", () => jawab(false));
    pada(dialog, "cancel", (e) => {
      e.preventDefault();
      jawab(false);
    });
    pada(dialog, "keydown", (e) => {
      const nilai = { y: true, t: false }[e.key.toLowerCase()];
      if (nilai === undefined) return;
      e.preventDefault();
      jawab(nilai);
    });
    dialog.showModal();
    $("dialog-tidak").focus();
  });
}
