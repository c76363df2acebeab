"""Signing in: the guard before all that is not public, and the pages of one's own account."""
