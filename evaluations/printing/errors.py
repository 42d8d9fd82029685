"""Why no PDF was made, in words for the person. Nothing was changed."""

from evaluations.refusals import Refusal


class PrintingError(Refusal):
    """The page cannot be printed as it is."""

    heading = "PDFを作成できませんでした"


class PrinterFailed(PrintingError):
    """The printer gave up: no room, no time or no memory. ``retry_after`` in seconds, 0: no use."""

    status = 503

    def __init__(self, message: str, retry_after: int = 0) -> None:
        super().__init__(message)
        self.retry_after = retry_after
