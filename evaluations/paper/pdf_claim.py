"""Reading an uploaded PDF in a worker process, where a hostile file slows down nobody else."""

from dataclasses import dataclass

from evaluations.paper.sheet_reading import BadData, NotOurs, data_inside
from printing import printer


@dataclass(frozen=True)
class Claim:
    """The metadata of a ``SheetData``, without the sheet, which stays in the worker process."""

    revision: int | None
    sheet_sha256: str
    is_intact: bool


def claim_of(pdf: bytes) -> Claim:
    """Return the claim of ``pdf``.

    Raises NotOurs and BadData as ``data_inside``, and ReaderFailed when no worker is free in time
    or the limits of time or memory are exceeded.
    """
    claim = printer.read_untrusted_pdf(claim_inside, pdf)
    if isinstance(claim, Claim):
        return claim
    raise claim


def claim_inside(pdf: bytes) -> Claim | NotOurs | BadData:
    """Return the claim of ``pdf``, or the error. Runs in the worker process.

    Errors are returned, not raised: an exception from a worker may mean that it ran out of memory.
    """
    try:
        data = data_inside(pdf)
    except (NotOurs, BadData) as error:
        return error
    return Claim(data.revision, data.sheet_sha256, data.is_intact)
