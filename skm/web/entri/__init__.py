"""Entri cepat: a page of its own for keying paper sheets, and the routes that it talks to."""
