"""What a PDF says of itself, read where one that is hard to read holds up nobody."""

from dataclasses import dataclass

from evaluations.paper.sheet_reading import BadData, NotOurs, data_inside
from printing import printer


@dataclass(frozen=True)
class Claim:
    """What a PDF says of itself; see ``SheetData``. The sheet itself stays where it was read."""

    revision: int | None
    sheet_sha256: str
    is_intact: bool


def claim_of(pdf: bytes) -> Claim:
    """Return what ``pdf`` says of itself.

    Raises NotOurs and BadData as ``data_inside``, and ReaderFailed when the reader is not free in
    time, or reading takes too long or too much.
    """
    claim = printer.read_untrusted_pdf(claim_inside, pdf)
    if isinstance(claim, Claim):
        return claim
    raise claim


def claim_inside(pdf: bytes) -> Claim | NotOurs | BadData:
    """Return what ``pdf`` says of itself, or why it says nothing that can be used.

    Returned, not raised: what a worker raises unexpectedly may mean that its memory failed.
    """
    try:
        data = data_inside(pdf)
    except (NotOurs, BadData) as error:
        return error
    return Claim(data.revision, data.sheet_sha256, data.is_intact)
