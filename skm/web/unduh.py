"""Downloads: tables, templates and what is printed, by plain routes (they work on any node)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import cast
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from skm.akun import Hak, Tindakan
from skm.analysis.prioritas import PRIORITAS
from skm.analysis.table import write_csv
from skm.hasil import all_tables
from skm.intake import write_template_csv, write_template_xlsx
from skm.jawaban import NAMA_KANAL
from skm.jejak import all_entries, parse_act, trail_table
from skm.laporan.berkas import PDF, XLSX, make_report, parse_form
from skm.laporan.kop import read_kop
from skm.laporan.pratinjau import preview
from skm.pengumpulan import collection_tables
from skm.penutupan.berkas import archive_name, write_archive
from skm.penutupan.resmi import open_official
from skm.periode import parse_period
from skm.pesan import SkmError, message
from skm.prioritas import prioritize
from skm.report import (
    Tempelan,
    Ukuran,
    qr_png,
    qr_svg,
    write_poster,
    write_posters_zip,
    write_questionnaire,
)
from skm.saran import SARAN, remark_tables
from skm.settings import Settings, read_settings
from skm.store import Store
from skm.store.audit import SaringJejak
from skm.survei import Survei
from skm.tautan import completion, find_placement, select_placements, to_print
from skm.telaah import DITELAAH, review_tables
from skm.tindak import progress, progress_table
from skm.web.alamat import is_plain, is_survey_id
from skm.web.masuk.guard import actor_of

log = logging.getLogger(__name__)

Params = Mapping[str, str]
Make = Callable[[Store, Params, Settings], Response]

CSV = "text/csv; charset=utf-8"
TOML = "application/toml; charset=utf-8"
ZIP, SVG, PNG = "application/zip", "image/svg+xml", "image/png"
DENIED = {"masuk-dahulu": 401, "hak-kurang": 403, "di-luar-batas": 403}
REFUSED = frozenset(
    {
        "basis-data-alamat",
        "basis-data-folder",
        "basis-data-gagal",
        "basis-data-hanya-baca",
        "basis-data-lama",
        "basis-data-sibuk",
        "basis-data-tak-terbuka",
        "basis-data-tak-terhubung",
        "basis-data-terkunci",
        "bukan-basis-data",
        "disk-penuh",
        "driver-postgres",
        "skema-lebih-baru",
    }
)
"""Sentences for who runs the program: they name the database, which is no visitor's business."""


def download_routes(
    store_of: Callable[[], Store], settings_of: Callable[[], Settings] = read_settings
) -> list[Route]:
    """Return the routes under /unduh; `store_of` opens the store on first use."""

    def route(path: str, make: Make, hak: Hak) -> Route:
        async def answer(request: Request) -> Response:
            params = {**request.query_params, **request.path_params}

            def store_for() -> Store:
                pelaku = actor_of(request)
                pelaku.need(hak, params["survei"])
                return store_of().acting(pelaku)

            return await run_in_threadpool(_answer, make, store_for, settings_of, params)

        return Route(f"/unduh/{{survei}}/{path}", answer, methods=["GET"])

    async def trail(request: Request) -> Response:
        def store_for() -> Store:
            return store_of().acting(actor_of(request))

        return await run_in_threadpool(
            _answer, _trail, store_for, settings_of, dict(request.query_params)
        )

    return [
        Route("/unduh/jejak-audit.csv", trail, methods=["GET"]),
        route("templat.{bentuk}", _template, Hak.MASUKKAN),
        route("tautan.csv", _placements, Hak.TAUTAN),
        route("kuesioner.pdf", _questionnaire, Hak.LIHAT),
        route("poster-{ukuran}.{bentuk}", _posters, Hak.TAUTAN),
        route("qr/{kode}.{bentuk}", _qr, Hak.TAUTAN),
        route("survei.toml", _survey_file, Hak.SURVEI),
        route("survei-{nomor:int}.toml", _survey_version, Hak.SURVEI),
        route("{periode}/{tabel}.csv", _table, Hak.LIHAT),
        route("{periode}/arsip.zip", _archive, Hak.ARSIP),
        route("{periode}/laporan.{bentuk}", _report, Hak.LAPORAN),
        route("{periode}/laporan/{nomor:int}.png", _preview_page, Hak.LAPORAN),
    ]


def _answer(
    make: Make,
    store_of: Callable[[], Store],
    settings_of: Callable[[], Settings],
    params: Params,
) -> Response:
    """Make the file; what cannot be found, and a fault of our own, is a plain sentence."""
    if not is_survey_id(params.get("survei", "semua")) or not all(
        is_plain(str(v)) for v in params.values()
    ):
        return _missing()
    try:
        return make(store_of(), params, settings_of())
    except SkmError as error:
        if error.kode in DENIED:
            return PlainTextResponse(f"{error}\n", status_code=DENIED[error.kode])
        if error.kode in REFUSED:
            log.exception("the database refused a download")
            return _failed(503)
        return PlainTextResponse(f"{error}\n", status_code=404)
    except Exception:
        log.exception("a download failed")
        return _failed(500)


def _failed(status: int) -> Response:
    return PlainTextResponse(f"{message('unduhan-gangguan')}\n", status_code=status)


def _missing() -> Response:
    return PlainTextResponse(f"{message('tabel-tak-ada')}\n", status_code=404)


def _table(store: Store, params: Params, _: Settings) -> Response:
    resmi = open_official(store, params["survei"])
    periode, kanal = parse_period(params["periode"]), params.get("kanal")
    if kanal is not None and kanal not in NAMA_KANAL:
        raise SkmError("kanal-tak-dikenal", kanal=kanal, pilihan=", ".join(NAMA_KANAL))
    wanted = params["tabel"]
    tabel = all_tables(resmi, periode, kanal).get(wanted)
    if tabel is None and kanal is None:
        plan = progress_table(periode, progress(resmi, periode))
        others = collection_tables(store, resmi.survei, periode) | {plan.nama: plan}
        if wanted == PRIORITAS:
            tabel = prioritize(resmi, periode).tabel
        elif wanted in SARAN:
            tabel = remark_tables(store, resmi.survei, periode)[wanted]
            store.record(Tindakan.BACA_SARAN, params["survei"], periode.kode)
        elif wanted in DITELAAH:
            tabel = review_tables(resmi, periode).get(wanted)
        else:
            tabel = others.get(wanted)
    if tabel is None:
        return _missing()
    name = "-".join(filter(None, (resmi.survei.id, periode.kode, tabel.nama, kanal)))
    return _file(write_csv(tabel), f"{name}.csv", CSV)


def _archive(store: Store, params: Params, _: Settings) -> Response:
    """Hand out a closed period as it was closed."""
    periode = parse_period(params["periode"])
    found = open_official(store, params["survei"]).frozen(periode)
    if found is None or found.tutupan.periode != periode:
        raise SkmError("periode-tak-ditutup", label=periode.label)
    content = write_archive(store, found)
    store.record(Tindakan.BACA_ARSIP, params["survei"], periode.kode)
    return _file(content, archive_name(found), ZIP)


def _report(store: Store, params: Params, settings: Settings) -> Response:
    """Make the report, the audit workbook or the LKIP extract of a period."""
    bentuk, periode = parse_form(params["bentuk"]), parse_period(params["periode"])
    resmi = open_official(store, params["survei"])
    berkas = make_report(resmi, periode, bentuk, read_kop(settings.data))
    store.record(Tindakan.BACA_LAPORAN, params["survei"], f"{periode.kode} {params['bentuk']}")
    return _file(berkas.isi, berkas.nama, berkas.jenis)


def _preview_page(store: Store, params: Params, _: Settings) -> Response:
    """Show one page of the report, from the same pictures that the page Laporan counted."""
    versi = store.data_version(params["survei"])
    resmi = open_official(store, params["survei"])
    pages = preview(resmi, parse_period(params["periode"]), versi)
    nomor = int(params["nomor"])
    if not 1 <= nomor <= len(pages):
        return _missing()
    return _file(pages[nomor - 1], f"halaman-{nomor}.png", PNG, inline=True)


def _trail(store: Store, params: Params, _: Settings) -> Response:
    """Hand out the audit trail, as its page filters it."""
    saring = SaringJejak(
        params.get("pelaku"),
        parse_act(params["tindakan"]) if "tindakan" in params else None,
        dari=_moment(params, "dari"),
        sampai=_moment(params, "sampai"),
    )
    tabel = trail_table(list(all_entries(store, saring)), UTC)
    store.record(Tindakan.BACA_JEJAK)
    return _file(write_csv(tabel), "jejak-audit.csv", CSV)


def _moment(params: Params, name: str) -> datetime | None:
    """Return a moment of the address. Raises SkmError `jejak-tanggal-salah`."""
    text = params.get(name)
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise SkmError("jejak-tanggal-salah", nama=text[:60]) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _template(store: Store, params: Params, _: Settings) -> Response:
    survei = store.load_survei(params["survei"])
    if params["bentuk"] == "csv":
        return _file(write_template_csv(survei), f"templat-{survei.id}.csv", CSV)
    if params["bentuk"] == "xlsx":
        return _file(write_template_xlsx(survei), f"templat-{survei.id}.xlsx", XLSX)
    return _missing()


def _survey_file(store: Store, params: Params, _: Settings) -> Response:
    """Hand out the survey's file as it is in force."""
    name = f"{params['survei']}.toml"
    return _file(store.load_toml(params["survei"]).encode(), name, TOML)


def _survey_version(store: Store, params: Params, _: Settings) -> Response:
    """Hand out a version of the survey's file from its history."""
    nomor = int(params["nomor"])
    content = store.load_version(params["survei"], nomor).encode()
    return _file(content, f"{params['survei']}-{nomor}.toml", TOML)


def _placements(store: Store, params: Params, settings: Settings) -> Response:
    survei = store.load_survei(params["survei"])
    tabel = completion(survei, store.list_tautan(survei.id), settings.form_address)
    return _file(write_csv(tabel), f"tautan-{survei.id}.csv", CSV)


def _posters(store: Store, params: Params, settings: Settings) -> Response:
    """Make the posters of all open placements, or of one."""
    survei = store.load_survei(params["survei"])
    chosen = _printed(store, survei, params, settings)
    ukuran, bahasa = cast(Ukuran, params["ukuran"]), params.get("bahasa")
    name = "-".join(filter(None, ("poster", survei.id, params.get("kode"), ukuran)))
    if params["bentuk"] == "pdf":
        return _file(write_poster(survei, chosen, ukuran, bahasa), f"{name}.pdf", PDF)
    if params["bentuk"] == "zip":
        return _file(write_posters_zip(survei, chosen, ukuran, bahasa), f"{name}.zip", ZIP)
    return _missing()


def _printed(
    store: Store, survei: Survei, params: Params, settings: Settings
) -> tuple[Tempelan, ...]:
    chosen = select_placements(store.list_tautan(survei.id), aktif=True)
    if "kode" in params:
        chosen = (find_placement(store, survei, params["kode"]),)
    return to_print(survei, chosen, settings.form_address)


def _qr(store: Store, params: Params, settings: Settings) -> Response:
    survei = store.load_survei(params["survei"])
    kode = find_placement(store, survei, params["kode"]).kode
    address = settings.form_address(kode)
    if params["bentuk"] == "svg":
        return _file(qr_svg(address), f"qr-{kode}.svg", SVG)
    if params["bentuk"] == "png":
        return _file(qr_png(address), f"qr-{kode}.png", PNG)
    return _missing()


def _questionnaire(store: Store, params: Params, _: Settings) -> Response:
    """Make the paper questionnaire; with a code for that placement's titik and layanan."""
    survei = store.load_survei(params["survei"])
    titik = layanan = None
    if "kode" in params:
        found = find_placement(store, survei, params["kode"])
        titik, layanan = found.titik, found.layanan
    name = "-".join(filter(None, ("kuesioner", survei.id, params.get("kode"))))
    return _file(write_questionnaire(survei, titik=titik, layanan=layanan), f"{name}.pdf", PDF)


def _file(content: bytes, name: str, media_type: str, *, inline: bool = False) -> Response:
    kind = "inline" if inline else "attachment"
    headers = {
        "Content-Disposition": f"{kind}; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=media_type, headers=headers)
