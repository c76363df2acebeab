"""The public form under /isi: what a respondent's phone or a kiosk talks to."""

from skm.web.isi.limiter import Batas, Limiter
from skm.web.isi.routes import form_routes
from skm.web.isi.visits import Visits

__all__ = ["Batas", "Limiter", "Visits", "form_routes"]
