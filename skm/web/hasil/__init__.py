"""The public results under /hasil: pages, open data, and the sheet to hang and to share."""

from skm.web.hasil.routes import result_routes
from skm.web.hasil.thanks import results_address

__all__ = ["result_routes", "results_address"]
