"""gunicorn's own trust in forwarded headers is off: config/proxies.py decides, for every server."""

forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
