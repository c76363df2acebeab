"""The routes under /entri: the page, its files, and one sheet after another as JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from skm import entri
from skm.pesan import SkmError
from skm.store import Store
from skm.survei import Kuesioner, Survei
from skm.web.alamat import is_plain, is_survey_id
from skm.web.entri.as_json import banding_json, ganda_json, hitung_json, lembar_json, salah_json
from skm.web.entri.assets import serve_asset
from skm.web.entri.guard import check_access, read_json, status_of
from skm.web.entri.page import entry_page, sorry_page
from skm.web.entri.read import Salah, read_second, read_sheet
from skm.web.masuk.guard import actor_of

Jawab = Callable[[Store, Survei, Request, object], Response]
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


def entry_routes(store_of: Callable[[], Store]) -> list[Route]:
    """Return the routes of paper entry; `store_of` opens the store on first use."""

    async def page(request: Request) -> Response:
        try:
            check_access(request)
            return await _with_survey(store_of, _page, request, None)
        except SkmError as error:
            return sorry_page(str(error), status_of(error.kode))

    def route(path: str, answer: Jawab, method: str) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                check_access(request)
                data = None if method == "GET" else await read_json(request)
                return await _with_survey(store_of, answer, request, data)
            except SkmError as error:
                isian = "nomor" if error.kode == "entri-nomor-terpakai" else ""
                return _faults(status_of(error.kode), Salah(isian, error.kode, error.isi))

        return Route(path, endpoint, methods=[method])

    return [
        Route("/entri/aset/{sidik}/{nama}", serve_asset, methods=["GET"]),
        Route("/entri/{survei}", page, methods=["GET"]),
        route("/entri/{survei}/lembar", _add, "POST"),
        route("/entri/{survei}/lembar/{id_kirim}", _correct, "PUT"),
        route("/entri/{survei}/sesi/{sesi}", _sitting, "GET"),
        route("/entri/{survei}/sesi/{sesi}/banding", _compare, "POST"),
    ]


async def _with_survey(
    store_of: Callable[[], Store], answer: Jawab, request: Request, data: object
) -> Response:
    """Answer off the event loop, because the store waits for its disk."""
    names = request.path_params
    if not is_survey_id(names["survei"]) or not all(map(is_plain, names.values())):
        raise SkmError("survei-tak-ada", id=names["survei"])

    def work() -> Response:
        store = store_of().acting(actor_of(request))
        return answer(store, store.load_survei(names["survei"]), request, data)

    return await run_in_threadpool(work)


def _today(survei: Survei) -> date:
    return datetime.now(survei.zona).date()


def _versions(store: Store, survei: Survei, data: object) -> dict[str, Kuesioner]:
    """Return the questionnaires; earlier ones are read only for a page that shows another."""
    now = survei.kuesioner
    if isinstance(data, dict) and data.get("versi") == now.versi:
        return {now.versi: now}
    return store.questionnaires(survei.id)


def _page(_store: Store, survei: Survei, _request: Request, _data: object) -> Response:
    return entry_page(survei, _today(survei))


def _add(store: Store, survei: Survei, _request: Request, data: object) -> Response:
    read = read_sheet(survei, _versions(store, survei, data), data, _today(survei))
    if read.ketikan is None:
        return _faults(422, *read.salah)
    saved = entri.save_sheet(store, survei, read.ketikan)
    return _saved(survei, read.ketikan.nomor, saved)


def _correct(store: Store, survei: Survei, request: Request, data: object) -> Response:
    versions, code = _versions(store, survei, data), request.path_params["id_kirim"]
    read = read_sheet(survei, versions, data, _today(survei), code)
    if read.ketikan is None:
        return _faults(422, *read.salah)
    saved = entri.correct_sheet(store, survei, read.ketikan)
    return _saved(survei, read.ketikan.nomor, saved)


def _sitting(store: Store, survei: Survei, request: Request, _data: object) -> Response:
    """Return what a sitting holds, and the result of its double entry; with `?ulang=10` also which
    sheets are keyed twice.
    """
    sesi, setiap = request.path_params["sesi"], request.query_params.get("ulang", "")
    sheets = entri.sitting(store, survei.id, sesi)
    content = {
        "batch": entri.batch_of(store, survei.id, sesi) if sheets else None,
        "hitung": hitung_json(entri.count_up(sheets, len(survei.kuesioner.pertanyaan))),
        "lembar": [lembar_json(item, survei) for item in sheets[: entri.SHOWN]],
        "nomor": [item.jawaban.identitas for item in reversed(sheets)],
        "ganda": ganda_json(entri.kept_result(store, survei.id, sesi), survei),
    }
    if setiap in map(str, entri.SETIAP):
        numbers = {item.id_kirim: item.jawaban.identitas for item in reversed(sheets)}
        chosen = entri.choose_second(sesi, list(numbers), int(setiap))
        content["ulang"] = [{"id_kirim": code, "nomor": numbers[code]} for code in chosen]
    return JSONResponse(content, headers=HEADERS)


def _compare(store: Store, survei: Survei, request: Request, data: object) -> Response:
    """Compare the sheets keyed a second time with what the store holds, and keep the result."""
    if not isinstance(data, dict) or set(data) != {"versi", "layanan", "lembar"}:
        return _faults(422, Salah("", "entri-bentuk"))
    versi = data["versi"] if isinstance(data["versi"], str) else ""
    kuesioner = _versions(store, survei, data).get(versi)
    if kuesioner is None:
        return _faults(422, Salah("versi", "entri-versi"))
    second, faults = read_second(survei, kuesioner, data["lembar"])
    if faults:
        return _faults(422, *faults)
    sesi = request.path_params["sesi"]
    sheets = entri.sitting(store, survei.id, sesi)
    by_id = {item.id_kirim: item for item in sheets}
    result = entri.compare(
        {code: item.jawaban for code, item in by_id.items()},
        second,
        [q.kode for q in kuesioner.pertanyaan],
        [p.kode for p in survei.profil],
        layanan=data["layanan"] is True,
    )
    kept = ganda_json(entri.keep_result(store, survei.id, sesi, result), survei)
    content = {**banding_json(result, by_id, survei), "ganda": kept}
    return JSONResponse(content, headers=HEADERS)


def _saved(survei: Survei, nomor: int, saved: entri.Tersimpan) -> Response:
    content = {
        "tanggapan": saved.resi.tanggapan,
        "nomor": nomor,
        "baru": saved.resi.baru,
        "hitung": hitung_json(saved.hitung),
        "lembar": lembar_json(saved.lembar, survei) if saved.lembar else None,
    }
    return JSONResponse(content, headers=HEADERS)


def _faults(status: int, *salah: Salah) -> Response:
    content = {"salah": [salah_json(item) for item in salah]}
    return JSONResponse(content, status_code=status, headers=HEADERS)
