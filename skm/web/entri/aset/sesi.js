// The sitting: its fixed facts, kept in this browser until it is closed.

import { $, angka, buat, idBaru, isi, simpanan } from "./dasar.js";

const AWALAN = `skm-entri:${isi.survei}:sesi:`;
const KINI = `skm-entri:${isi.survei}:kini`;

export function simpanSesi(sesi) {
  simpanan.taruh(AWALAN + sesi.sesi, sesi);
}

export function hapusSesi(sesi) {
  simpanan.hapus(AWALAN + sesi.sesi);
  ingat(null);
}

/** The sitting of this tab, if it has one: a reload goes on with it. */
export function sesiTab() {
  try {
    const id = sessionStorage.getItem(KINI);
    return id && simpanan.ambil(AWALAN + id);
  } catch {
    return null;
  }
}

export function ingat(sesi) {
  try {
    if (sesi) sessionStorage.setItem(KINI, sesi.sesi);
    else sessionStorage.removeItem(KINI);
  } catch {
    simpanan.gagal = true;
  }
}

/** Show the start of a sitting; `mulai(sesi)` is called with a new one or one that was left open. */
export function siapkanAwal(mulai) {
  for (const radio of document.getElementsByName("jenis-waktu")) radio.addEventListener("change", waktu);
  waktu();
  $("formulir-sesi").addEventListener("submit", (e) => {
    e.preventDefault();
    const jenis = document.querySelector("input[name=jenis-waktu]:checked").value;
    mulai({
      sesi: idBaru(),
      dibuat: new Date().toISOString(),
      waktu: { [jenis]: $(jenis).value },
      titik: $("titik")?.value ?? "-",
      layanan: $("layanan-sesi")?.value ?? "-",
      setiap: Number($("setiap").value),
      nomor: Number($("nomor-awal").value),
    });
  });
}

/** List the sittings that were not closed. */
export function tawarkan(mulai) {
  const lama = simpanan.kunci(AWALAN).map((k) => simpanan.ambil(k)).filter((s) => s?.sesi);
  lama.sort((a, b) => b.dibuat.localeCompare(a.dibuat));
  $("sesi-lama").hidden = !lama.length;
  $("sesi-lama").replaceChildren(
    ...lama.slice(0, 5).map((s) => {
      const hari = new Date(s.dibuat).toLocaleString("id-ID", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
      return buat("li", {}, buat("span", {}, `Belum ditutup: sesi ${hari}, ${sebutan(s)}`), buat("button", { type: "button", class: "tipis kecil", onclick: () => mulai(s) }, "Lanjutkan"));
    }),
  );
}

/** The fixed facts in words. */
export function sebutan(s) {
  const bagian = [];
  if (s.waktu.tanggal) bagian.push(new Date(`${s.waktu.tanggal}T12:00`).toLocaleDateString("id-ID", { day: "numeric", month: "long", year: "numeric" }));
  else bagian.push([...$("periode").options].find((o) => o.value === s.waktu.periode)?.text ?? s.waktu.periode);
  if (isi.titik.length) bagian.push(isi.titik.find((t) => t.kode === s.titik)?.teks ?? "titik tidak tercatat");
  if (isi.layanan.length) bagian.push(s.layanan === "*" ? "layanan per lembar" : (isi.layanan.find((l) => l.kode === s.layanan)?.teks ?? "layanan tidak tercatat"));
  if (s.setiap) bagian.push(`entri ulang ${angka(100 / s.setiap)} %`);
  return bagian.join(" · ");
}

function waktu() {
  const jenis = document.querySelector("input[name=jenis-waktu]:checked").value;
  $("periode").disabled = jenis !== "periode";
  $("tanggal").disabled = jenis !== "tanggal";
  $("tanggal").required = jenis === "tanggal";
}
