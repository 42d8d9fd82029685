"""Booklets (冊子): requesting, producing in the worker, and expiry."""
