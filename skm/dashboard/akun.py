"""The page Akun: who works with the program, as what, and where."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from skm.akun import NAMA_PERAN, Batas, Hak, Peran, hash_password, make_password, role_names
from skm.akun.sandi import check_password_rules
from skm.dashboard.confirm import act, ask, end_dialog
from skm.dashboard.selection import Pilihan
from skm.luar.berkas import MasukLuar, load_outside, outside_name
from skm.luar.nama import NamaLuar
from skm.pengumpulan import clock_text
from skm.pesan import SkmError, message
from skm.settings import read_settings
from skm.store import Store
from skm.store.account_model import Akun, AkunBaru
from skm.survei import Survei

ARTI = {
    Peran.ADMIN: "mengatur survei, tautan, akun, dan cadangan; membaca jejak audit",
    Peran.OPERATOR: "mengunggah, mengetik kertas, menandai, menyusun draf laporan",
    Peran.MANAJER: "menutup, menerbitkan, dan menarik periode; menanggapi saran",
    Peran.PEMERIKSA: "membaca semuanya, termasuk arsip dan jejak audit",
}
"""What each role does, in a few words."""
_PASSWORD = "akun-sandi-sekali"  # noqa: S105 - a key, not a password


def show(pilihan: Pilihan) -> None:
    """Show the page."""
    show_accounts(pilihan.store, pilihan.sumber.survei if pilihan.sumber else None)


def show_accounts(store: Store, survei: Survei | None) -> None:
    """Show all accounts with what can be done about each; limits are those of the survey."""
    store.pelaku.need(Hak.AKUN)
    st.html(
        '<p class="skm-penjelas">Setiap orang memakai akunnya sendiri, sehingga jejak audit '
        "menyebut siapa yang melakukan apa. Akun tidak dihapus, hanya dinonaktifkan.</p>"
    )
    if text := st.session_state.pop(_PASSWORD, None):
        st.success(text)
    if st.button("Tambah akun", key="akun-tambah", type="primary"):
        _open_new(store, survei)
    for akun in store.list_accounts():
        _show_one(store, survei, akun)
    rows = "".join(
        f"<li><strong>{NAMA_PERAN[peran]}</strong> {escape(arti)}</li>"
        for peran, arti in ARTI.items()
    )
    st.html(f'<h2 class="skm-judul skm-bagian">Arti peran</h2><ul class="skm-arti">{rows}</ul>')


def account_html(akun: Akun, survei: Survei | None) -> str:
    """Return one account: name, roles, limits, and when it was here last."""
    roles = role_names(akun.peran)
    facts = [roles, *(_part_text(b, survei) for b in akun.batas)]
    if akun.berkode:
        facts.append("kode autentikator terpasang")
    if luar := NamaLuar.parse(akun.luar):
        facts.append("terhubung ke akun kantor" if luar.terhubung else "menunggu akun kantor")
    if not akun.bersandi:
        facts.append("tanpa kata sandi")
    if akun.terakhir and survei:
        facts.append(f"terakhir dipakai {clock_text(akun.terakhir, survei)}")
    off = "" if akun.aktif else ' <em class="skm-status">nonaktif</em>'
    return (
        f'<div class="skm-rencana"><strong>{escape(akun.nama)}</strong>{off}'
        f"<span>{escape(' · '.join(facts))}</span></div>"
    )


def _part_text(batas: Batas, survei: Survei | None) -> str:
    if survei is None or batas.survei_id != survei.id:
        return f"hanya sebagian survei {batas.survei_id}"
    places, services = survei.titik_by_kode(), survei.layanan_by_kode()
    names = [places[k].nama if k in places else k for k in sorted(batas.titik)]
    names += [services[k].nama if k in services else k for k in sorted(batas.layanan)]
    shown = ", ".join(names[:3]) + (f", dan {len(names) - 3} lagi" if len(names) > 3 else "")
    return f"hanya {shown}"


def _show_one(store: Store, survei: Survei | None, akun: Akun) -> None:
    nama = akun.nama
    with st.container(key=f"rencana-akun-{nama}", horizontal=True, vertical_alignment="center"):
        st.html(account_html(akun, survei))
        if st.button("Ubah", key=f"akun-ubah-{nama}"):
            _open_change(store, survei, akun)
        if st.button("Ganti kata sandi", key=f"akun-sandi-{nama}"):
            ask(
                f"Ganti kata sandi {nama}?",
                "<p>Kata sandi sementara dibuat dan tampil sekali. Semua peramban akun ini "
                "dikeluarkan.</p>",
                "Ya, ganti",
                lambda: _new_password(store, nama),
            )
        label = "Nonaktifkan" if akun.aktif else "Aktifkan"
        if st.button(label, key=f"akun-aktif-{nama}"):
            ask(
                f"{label} {nama}?",
                "<p>Akun yang nonaktif tidak dapat masuk, dan semua perambannya dikeluarkan.</p>"
                if akun.aktif
                else "<p>Akun ini dapat masuk lagi dengan kata sandinya.</p>",
                f"Ya, {label.lower()}",
                lambda: _switch(store, akun),
            )


def _open_new(store: Store, survei: Survei | None) -> None:
    @st.dialog("Tambah akun")
    def form() -> None:
        st.text_input("Nama akun", key="akun-nama", max_chars=40, placeholder="misalnya loket.3")
        _show_roles((Peran.OPERATOR,))
        _show_limits(survei, None)
        st.text_input(
            "Kata sandi",
            key="akun-sandi",
            type="password",
            max_chars=128,
            placeholder="Kosongkan agar dibuatkan",
        )
        _show_outside(None)
        _show_end(lambda: _add(store, survei))

    form()


def _open_change(store: Store, survei: Survei | None, akun: Akun) -> None:
    @st.dialog(f"Ubah akun {akun.nama}")
    def form() -> None:
        _show_roles(tuple(p for p in Peran if p in akun.peran))
        _show_limits(survei, akun)
        if akun.berkode:
            st.checkbox("Lepas kode autentikator (ponselnya hilang)", key="akun-lepas-kode")
        _show_outside(akun)
        _show_end(lambda: _change(store, survei, akun))

    form()


def _show_roles(chosen: tuple[Peran, ...]) -> None:
    st.multiselect(
        "Peran",
        list(Peran),
        default=list(chosen),
        format_func=lambda peran: f"{NAMA_PERAN[peran]}: {ARTI[peran]}",
        key="akun-peran",
        placeholder="Pilih satu peran atau lebih",
    )


def _show_limits(survei: Survei | None, akun: Akun | None) -> None:
    if survei is None:
        return
    known = akun.as_pelaku().part_of(survei.id) if akun and akun.batas else None
    st.multiselect(
        "Hanya titik layanan",
        [t.kode for t in survei.titik],
        default=sorted(known.titik) if known else [],
        format_func=lambda kode: survei.titik_by_kode()[kode].nama,
        key="akun-titik",
        placeholder="Semua titik",
    )
    st.multiselect(
        "Hanya jenis layanan",
        [item.kode for item in survei.layanan],
        default=sorted(known.layanan) if known else [],
        format_func=lambda kode: survei.layanan_by_kode()[kode].nama,
        key="akun-layanan",
        placeholder="Semua jenis layanan",
    )


def _provider() -> MasukLuar | None:
    """Return the office's identity provider, if it has one that can be used."""
    try:
        return load_outside(read_settings())
    except SkmError:  # said at the start of the program
        return None


def _show_outside(akun: Akun | None) -> None:
    """Ask for the person's name at the office's identity provider, where there is one."""
    penyedia = _provider()
    if penyedia is None:
        return
    known = NamaLuar.parse(akun.luar) if akun else None
    waiting = known.nilai if known and not known.terhubung else ""
    st.text_input(
        "Nama di akun kantor (OIDC)",
        value=waiting,
        key="akun-luar",
        max_chars=255,
        placeholder=_outside_hint(penyedia, known),
    )
    if known is None or not known.terhubung:
        st.caption("Hanya dipakai sampai orang ini masuk pertama kali; sesudah itu dihapus.")
    if akun is None:
        st.checkbox("Tanpa kata sandi: hanya lewat akun kantor", key="akun-tanpa-sandi")
    elif known:
        st.checkbox("Lepas dari akun kantor", key="akun-lepas-luar")


def _outside_hint(penyedia: MasukLuar, known: NamaLuar | None) -> str:
    if known and known.terhubung:
        return "Sudah terhubung; isi hanya untuk menggantinya"
    if penyedia.klaim == "email":
        return f"misalnya loket1@{penyedia.domain or 'kota.go.id'}"
    return f"Nilai {penyedia.klaim} orang ini di sana"


def _outside_name(akun: Akun | None) -> str | None:
    """Return what the account is to store of the identity provider; None for no change."""
    penyedia = _provider()
    if penyedia is None:
        return None
    if st.session_state.get("akun-lepas-luar"):
        return ""
    typed = st.session_state.get("akun-luar", "").strip()
    known = NamaLuar.parse(akun.luar) if akun else None
    if not typed:
        return None if known and known.terhubung else ""
    return outside_name(penyedia, typed)


def _show_end(action: Callable[[], str]) -> None:
    with st.container(horizontal=True):
        yes = st.button("Simpan", key="tanya-ya", type="primary", on_click=act, args=(action,))
        no = st.button("Batal", key="tanya-tidak")
    end_dialog(yes=yes, no=no)


def _limits(survei: Survei | None, akun: Akun | None) -> tuple[Batas, ...]:
    """Return the limits as chosen for this survey; those of other surveys stay."""
    known = akun.batas if akun else ()
    if survei is None:
        return known
    others = tuple(b for b in known if b.survei_id != survei.id)
    titik = frozenset(st.session_state["akun-titik"])
    layanan = frozenset(st.session_state["akun-layanan"])
    mine = (Batas(survei.id, titik, layanan),) if titik or layanan else ()
    return (*others, *mine)


def _add(store: Store, survei: Survei | None) -> str:
    nama, given = st.session_state["akun-nama"], st.session_state["akun-sandi"]
    luar = _outside_name(None) or ""
    without = bool(st.session_state.get("akun-tanpa-sandi"))
    if without and not luar:
        raise SkmError("luar-tanpa-jalan")
    sandi = given or make_password()
    if not without:
        check_password_rules(sandi, nama)
    peran = frozenset(st.session_state["akun-peran"])
    if not peran:
        raise SkmError("peran-kosong")
    sidik = "" if without else hash_password(sandi)
    made = store.add_account(AkunBaru(nama, peran, sidik, _limits(survei, None), luar))
    if not (given or without):
        text = message("akun-sandi-sekali", nama=made.nama, sandi=sandi)
        st.session_state[_PASSWORD] = text
    roles = role_names(made.peran)
    return message("akun-dibuat", nama=made.nama, peran=roles)


def _change(store: Store, survei: Survei | None, akun: Akun) -> str:
    peran = frozenset(st.session_state["akun-peran"])
    luar = _outside_name(akun)
    store.change_account(akun.nama, peran=peran, batas=_limits(survei, akun), luar=luar)
    if st.session_state.get("akun-lepas-kode"):
        store.set_code(akun.nama, "")
    return message("akun-diubah", nama=akun.nama)


def _new_password(store: Store, nama: str) -> str:
    sandi = make_password()
    store.set_password(nama, hash_password(sandi), store.pelaku.sesi)
    st.session_state[_PASSWORD] = message("akun-sandi-sekali", nama=nama, sandi=sandi)
    return message("akun-sandi-diganti", nama=nama)


def _switch(store: Store, akun: Akun) -> str:
    changed = store.change_account(akun.nama, aktif=not akun.aktif)
    kode = "akun-diaktifkan" if changed.aktif else "akun-dinonaktifkan"
    return message(kode, nama=akun.nama)
