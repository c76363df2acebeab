"""A store with something in every table, and what it holds as plain rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kiriman_uji import sheet
from sqlalchemy import select
from survei_kecil import BERKAS, CONTOH, KOSONG_SATU, PENUH, T3, T4, TOML, UNGGAH, save

from skm.akun import Peran, Tindakan
from skm.jawaban import Kanal
from skm.kiriman import Tanda
from skm.penutupan.tutup import close
from skm.store import StatusSaran, Store, TautanBaru, TindakBaru
from skm.store.account_model import AkunBaru
from skm.store.schema import jejak, lasting_tables

HERE, THERE = "kecil", "hapus"


def fill(store: Store) -> None:
    save(store)
    other = TOML.replace('id = "kecil"', f'id = "{THERE}"')
    save(store, other)
    store.delete_survei(THERE)
    store.shared_key("formulir")
    store.add_batch(HERE, BERKAS, CONTOH)
    undone = store.add_batch(HERE, UNGGAH, [PENUH])
    store.undo_batch(undone.id)
    (tautan, _) = store.add_tautan(
        HERE, [TautanBaru("dinas", "ktp", Kanal.QR, "Loket 3"), TautanBaru("mpp", None)]
    )
    store.submit(tautan, sheet("111", Tanda.LURUS, saran=""))
    store.submit(tautan, sheet("222", saran='{"a": "kutip \\" dan baris\nbaru 😀\u2028"}'))
    (remark, *_) = store.remarks(HERE, T4)[-1:]
    store.respond(HERE, [remark.id], StatusSaran.DITINDAK, "Kursi ditambah.\nTerima kasih 😀")
    store.exclude(HERE, [d.id for d in store.flagged(HERE)], "uji coba")
    store.set_population(HERE, T4, None, 1_000)
    close(store, HERE, T3)
    store.reduce_answers(HERE, date(2026, 11, 1))  # T3 has had its 24 months, T4 has not
    store.publish_period(HERE, close(store, HERE, T4).periode)
    store.add_batch(HERE, UNGGAH, [KOSONG_SATU])  # late: an addendum
    store.set_published_figure(HERE, T4, Decimal("91.55"), "LKIP 2023")
    store.set_report_text(HERE, T4, "pendahuluan", "Paragraf pertama.\n\nParagraf kedua.")
    store.add_follow_up(HERE, TindakBaru(T4, "U1", "Tambah loket", "Januari", "Seksi"))
    store.save_double_entry(HERE, "pagi", 20, 260, 3)
    store.add_login(store.add_account(AkunBaru("admin", frozenset({Peran.ADMIN}), "sidik")))


def rows(store: Store) -> dict[str, list[tuple]]:
    """Every table of a backup as sorted rows.

    The data version is left out: restoring must change it; and so is what the trail says of that.
    """
    found = {}
    with store.engine.connect() as conn:
        for table in lasting_tables():
            columns = [c for c in table.columns if c.name != "versi_data"]
            query = select(*columns)
            if table is jejak:
                query = query.where(jejak.c.tindakan != Tindakan.CADANGAN_PULIH)
            found[table.name] = sorted(map(tuple, conn.execute(query)), key=repr)
    return found
