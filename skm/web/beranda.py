"""The first page answers under its name too; Streamlit knows it only as /."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route


def home_route() -> Route:
    """Return the route that sends /ringkasan to /, with its query."""

    async def home(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{query}", status_code=308)

    return Route("/ringkasan", home, methods=["GET"])
