"""Suggested wordings, accepted in whole or in part, rejected, or withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from accounts.roles import Acting
from audit import trail
from core.refusals import Invalid, Stale
from evaluations.access.comments import can_comment, can_take_back, side_of_commenters
from evaluations.access.rules import can_edit
from evaluations.domain.entries import check_limits, save_entry
from evaluations.domain.printable import check_printable
from evaluations.domain.sheet_lock import lock_as
from evaluations.enums import Outcome
from evaluations.models import Entry, Sheet, Suggestion, SuggestionDecision
from evaluations.queries.content import entries_of, texts_of
from evaluations.queries.suggestions import suggestions_visible_to
from evaluations.refusals import EntryConflict
from texts.edits import Edit, apply_edits, edits_between, rebase
from texts.notation import normalize

MAX_NOTE = 2_000


@dataclass(frozen=True)
class Offer:
    """The changes of a suggestion, rebased on the current text as far as they still apply.

    Positions of ``fitting`` refer to the current ``text``, those of ``changes`` to the text that
    the suggestion was made for.
    """

    text: str
    changes: tuple[Edit, ...]
    fitting: tuple[Edit, ...]

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of the changes that still apply."""
        return frozenset(change.number for change in self.fitting)

    def with_changes(self, taken: Collection[int]) -> str:
        """Return the current text with the changes ``taken``."""
        return apply_edits(self.text, self.fitting, taken)


def offer_of(suggestion: Suggestion, text: str) -> Offer:
    """Return ``suggestion`` rebased on ``text``, the current text of the entry."""
    changes = edits_between(suggestion.base_text, suggestion.text)
    return Offer(text, changes, rebase(changes, suggestion.base_text, text))


def suggest(
    sheet: Sheet, key: str, text: str, *, reason: str = "", version: int, actor: User
) -> Suggestion:
    """Suggest ``text`` for the ``version`` of the entry ``key`` of ``sheet``.

    Idempotent: the same suggestion again, while it is open, returns the first one. Raises
    NotAllowed, Invalid (nothing changed, too long, or made before with another reason), or
    EntryConflict if the entry has changed meanwhile.
    """
    text, reason = normalize(text), _checked(reason)
    with transaction.atomic():
        locked, acting = lock_as(sheet, actor)
        can_comment(acting, locked).require()
        entry = _entry(locked, key)
        if entry.version != version:
            raise EntryConflict(entry, actor)
        if text == entry.text:
            raise Invalid("今の文章と同じです。直したい語句を書き換えてから提示してください。")
        check_limits(locked, texts_of([locked.pk])[locked.pk], key, text)
        check_printable(text, known=entry.text)
        same = Suggestion.objects.filter(
            sheet=locked, key=key, base_version=entry.version, text=text, made_by=actor
        )
        if twice := same.undecided().first():
            if reason not in ("", twice.reason):
                raise Invalid(
                    "同じ修正案をすでに示しています。示した後に理由は変えられません。"
                    "理由を改めるときは、前の修正案を取り下げてから、もう一度示してください。"
                )
            return twice
        suggestion = Suggestion.objects.create(
            sheet=locked,
            key=key,
            base_text=entry.text,
            base_version=entry.version,
            text=text,
            reason=reason,
            made_as=side_of_commenters(locked),
            made_by=actor,
            role=acting.roles.in_words,
            revision=locked.revisions.first(),
        )
        trail.record(
            "suggestion.make",
            locked,
            actor=actor,
            after={"key": key, "suggestion": suggestion.pk} | trail.fingerprint_of(text),
        )
    return suggestion


def take_in(
    sheet: Sheet, pk: int, taken: Collection[int], *, note: str = "", version: int, actor: User
) -> SuggestionDecision:
    """Accept the changes numbered ``taken`` of the suggestion ``pk``, with ``save_entry``.

    ``actor`` is the author of the saved text; the decision names who suggested it. ``version`` is
    the version of the entry that ``actor`` saw. Raises Suggestion.DoesNotExist if ``actor``
    cannot see it, NotAllowed, Stale (decided meanwhile), EntryConflict (entry changed meanwhile)
    or Invalid (no change chosen, or the text exceeds the limits).
    """
    note = _checked(note)
    with transaction.atomic():
        suggestion, acting = _open_suggestion(sheet, pk, actor)
        locked = suggestion.sheet
        can_edit(acting, locked).require()
        entry = _entry(locked, suggestion.key)
        if entry.version != version:
            raise EntryConflict(entry, actor)
        offer = offer_of(suggestion, entry.text)
        chosen = offer.numbers.intersection(taken)
        if not chosen:
            raise Invalid(
                "採り入れる箇所を選んでください。どれも採り入れないときは、"
                "理由を記入して「採り入れない」を押してください。"
            )
        saved = save_entry(
            locked,
            suggestion.key,
            offer.with_changes(chosen),
            version=version,
            actor=actor,
        )
        is_whole = len(chosen) == len(offer.changes)
        return _decide(
            suggestion,
            Outcome.ACCEPTED if is_whole else Outcome.PARTLY,
            acting,
            note=note,
            taken=len(chosen),
            offered=len(offer.changes),
            entry_version=saved.version,
        )


def reject(sheet: Sheet, pk: int, *, note: str, actor: User) -> SuggestionDecision:
    """Reject the suggestion ``pk`` with a reason. Raises like ``take_in``."""
    note = _checked(note)
    with transaction.atomic():
        suggestion, acting = _open_suggestion(sheet, pk, actor)
        can_edit(acting, suggestion.sheet).require()
        if not note:
            raise Invalid("採り入れない理由を記入してください。示した人に伝わります。")
        return _decide(suggestion, Outcome.REJECTED, acting, note=note)


def withdraw(sheet: Sheet, pk: int, *, actor: User) -> SuggestionDecision:
    """Withdraw the suggestion ``pk``, which ``actor`` has made."""
    with transaction.atomic():
        suggestion, acting = _open_suggestion(sheet, pk, actor)
        can_take_back(acting, suggestion).require()
        return _decide(suggestion, Outcome.WITHDRAWN, acting)


def _decide(
    suggestion: Suggestion,
    outcome: Outcome,
    acting: Acting,
    *,
    note: str = "",
    taken: int = 0,
    offered: int = 0,
    entry_version: int | None = None,
) -> SuggestionDecision:
    decision = SuggestionDecision.objects.create(
        suggestion=suggestion,
        outcome=outcome,
        note=note,
        taken=taken,
        offered=offered,
        entry_version=entry_version,
        decided_by=acting.user,
        role=acting.roles.in_words,
    )
    trail.record(
        f"suggestion.{outcome}",
        suggestion.sheet,
        actor=acting.user,
        after={
            "key": suggestion.key,
            "suggestion": suggestion.pk,
            "made_by": str(suggestion.made_by),
            "taken": taken,
            "offered": offered,
            "entry_version": entry_version,
        },
    )
    return decision


def _open_suggestion(sheet: Sheet, pk: int, actor: User) -> tuple[Suggestion, Acting]:
    """Return the open suggestion with its sheet locked, and ``actor`` with their roles."""
    locked, acting = lock_as(sheet, actor)
    suggestion = suggestions_visible_to(acting.roles, locked).get(pk=pk)
    suggestion.sheet = locked
    if outcome := suggestion.outcome:
        raise Stale(
            f"この修正案は、{outcome.decided_by}さんが「{outcome.get_outcome_display()}」としました。"
        )
    return suggestion, acting


def _entry(sheet: Sheet, key: str) -> Entry:
    entry = entries_of(sheet).get(key)
    if entry is None:
        raise Invalid(f"この様式に「{key}」という記入欄はありません。画面を開き直してください。")
    return entry


def _checked(note: str) -> str:
    note = normalize(note)
    if len(note) > MAX_NOTE:
        raise Invalid(f"理由は{MAX_NOTE:,}字以内で記入してください。")
    check_printable(note)
    return note
