"""Entri cepat: a page of its own for keying paper sheets, and the routes that it talks to."""

from skm.web.entri.routes import entry_routes

__all__ = ["entry_routes"]
