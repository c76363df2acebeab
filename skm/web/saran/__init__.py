"""The public page under /saran: what the office answered to a remark, by the code of its writer."""

from skm.web.saran.routes import reply_routes
from skm.web.saran.tebakan import Tebakan

__all__ = ["Tebakan", "reply_routes"]
