"""All addresses of the program beside the dashboard, each group imported when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Route

from skm.settings import Settings
from skm.store import Store
from skm.web.beranda import home_route
from skm.web.menyusul import Menyusul
from skm.web.sehat import health_routes
from skm.web.ukuran import Ukuran, metrics_route

if TYPE_CHECKING:
    from skm.luar.penyedia import Penyedia
    from skm.web.isi.visits import Visits

SOON = frozenset({"isi", "masuk"})
"""What somebody will ask for first: the form, and the sign-in before the dashboard."""


@dataclass(frozen=True, slots=True)
class Bahan:
    """What the addresses work with. `rahasia` signs forms and receipts."""

    store_of: Callable[[], Store]
    settings_of: Callable[[], Settings]
    rahasia: bytes
    visits: Visits
    ukuran: Ukuran
    penyedia: Penyedia | None = None


def program_routes(bahan: Bahan) -> list[BaseRoute]:
    """Return the routes, in the order in which they are looked at."""
    return [
        Menyusul("isi", lambda: _isi(bahan)),
        Menyusul("masuk", lambda: _masuk(bahan)),
        Menyusul("hasil", lambda: _hasil(bahan)),
        Menyusul("saran", lambda: _saran(bahan)),
        Menyusul("entri", lambda: _entri(bahan)),
        Menyusul("unduh", lambda: _unduh(bahan)),
        *health_routes(bahan.store_of),
        metrics_route(bahan.ukuran, bahan.settings_of().metrics_key),
        home_route(),
    ]


def _isi(bahan: Bahan) -> Sequence[Route]:
    from skm.web.hasil.thanks import results_address
    from skm.web.isi.limiter import Limiter
    from skm.web.isi.routes import form_routes

    return form_routes(
        bahan.store_of,
        bahan.rahasia,
        visits=bahan.visits,
        limiter=Limiter(kantor=bahan.settings_of().office_networks),
        results_of=results_address(bahan.store_of),
        replies_at=lambda: bahan.settings_of().replies_address,
    )


def _masuk(bahan: Bahan) -> Sequence[Route]:
    from skm.web.masuk.routes import login_routes

    return login_routes(bahan.store_of, penyedia=bahan.penyedia)


def _hasil(bahan: Bahan) -> Sequence[Route]:
    from skm.web.hasil.routes import result_routes

    return result_routes(bahan.store_of, bahan.settings_of)


def _saran(bahan: Bahan) -> Sequence[Route]:
    from skm.web.saran.routes import reply_routes
    from skm.web.saran.tebakan import Tebakan

    networks = bahan.settings_of().office_networks
    return reply_routes(bahan.store_of, tebakan=Tebakan(networks))


def _entri(bahan: Bahan) -> Sequence[Route]:
    from skm.web.entri.routes import entry_routes

    return entry_routes(bahan.store_of)


def _unduh(bahan: Bahan) -> Sequence[Route]:
    from skm.web.unduh import download_routes

    return download_routes(bahan.store_of)
