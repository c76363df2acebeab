"""Signing in: the guard before all that is not public, and the pages of one's own account."""

from skm.web.masuk.guard import LoginGuard, actor_of
from skm.web.masuk.routes import login_routes

__all__ = ["LoginGuard", "actor_of", "login_routes"]
