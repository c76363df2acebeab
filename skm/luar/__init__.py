"""Signing in with the office's own identity provider (OpenID Connect): settings, ticket, names.

The conversation with the provider is in `skm.luar.penyedia`, imported only where it is used.
"""
