"""PDFs as downloads: their names in Japanese, and nothing sent that the reader has already."""

import re
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags, quote_etag

from core.file_names import file_name
from evaluations.models import Sheet
from evaluations.paper.issued_pdf import StoredPdf

# What browsers keep, and ask about each time before they show it: ours alone, or anybody's.
FOR_ONE_PERSON = "private, no-cache"
FOR_EVERYBODY = "public, no-cache"
_ETAG = re.compile(r'(?:W/)?"([0-9a-f]{64})"')


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """Return ``pdf``, made for one person just now, as a download called ``name``."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": disposition_of(name), "Cache-Control": FOR_ONE_PERSON},
    )


def stored_response(
    request: HttpRequest, stored: StoredPdf, *, cache_control: str
) -> HttpResponseBase:
    """Return the stored PDF, or 304 to whoever has it; see ``known_to``."""
    etag, since = quote_etag(stored.sha256), int(stored.since.timestamp())
    validators = {
        "ETag": etag,
        "Last-Modified": http_date(since),
        "Cache-Control": cache_control,
    }
    answer = get_conditional_response(request, etag=etag, last_modified=since)
    if answer is None:
        answer = HttpResponse(
            b"" if request.method == "HEAD" else stored.content(),
            content_type="application/pdf",
            headers={
                "Content-Disposition": disposition_of(_named(stored.title, stored.contribution)),
                "Content-Length": str(stored.size),
            },
        )
    for name, value in validators.items():
        answer.headers[name] = value
    return answer


def known_to(request: HttpRequest) -> set[str] | None:
    """Return the sha256 of the files that the asker has, by If-None-Match.

    None where hardly any bytes will be asked for: HEAD, a date, or any file at all.
    """
    given = request.headers.get("If-None-Match", "")
    if request.method == "HEAD" or given.strip() == "*" or "If-Modified-Since" in request.headers:
        return None
    return {found[1] for tag in parse_etags(given) if (found := _ETAG.fullmatch(tag))}


def pdf_name(sheet: Sheet, mark: str = "") -> str:
    """Return the download's name: 「平成30年度シート_〇〇拠出金.pdf」."""
    return _named(sheet.edition.title + mark, sheet.contribution.name)


def _named(title: str, contribution: str) -> str:
    return file_name(f"{title}_{contribution}", ".pdf")


def disposition_of(name: str) -> str:
    """Return Content-Disposition for a download called ``name``, by RFC 6266.

    Browsers read ``filename*``. Django gives that alone for a Japanese name, so that what knows
    only ``filename`` would take the name from the address: it gets ``sheet.pdf`` (or
    ``.zip``).
    """
    plain = f"sheet.{name.rpartition('.')[2]}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
