"""Matching the records of the register by the names in a file."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from accounts.models import Division
from audit.records import save_record
from contributions.enums import ContributionType
from contributions.models import Contribution, Organization
from core.folding import name_key
from core.names import match_name
from core.refusals import Refusal
from evaluations.exchange.official import ReadSheet

UNKNOWN_DIVISION = "担当課室未定"

Record = TypeVar("Record", bound=models.Model)


class ImportRefused(Refusal):
    """The sheet was read but cannot be stored; nothing was."""


class Matcher:
    """Finds contribution, organisation and division by their names, with the doubts about it.

    A name that differs in width, signs or blanks alone is the same. With ``new``, one that is
    like another is registered beside it.
    """

    def __init__(self, *, new: bool) -> None:
        self.new = new
        self.doubts: list[str] = []

    def contribution(self, read: ReadSheet) -> Contribution:
        """Match the contribution by its name, or make it with its organisation and division."""
        if not read.contribution_name:
            raise ImportRefused(
                "分担金・拠出金名を読み取れませんでした。1行目の表題の次に名称の欄があるかを"
                "確かめてください。"
            )
        known = Contribution.objects.select_related("organization")
        found = self.named(known, "name", read.contribution_name)
        if found is None:
            return self.save(
                Contribution(
                    name=read.contribution_name,
                    organization=self.organization(read),
                    contribution_type=self.contribution_type(read),
                    responsible_division=self.division(read),
                )
            )
        self.compare_organization(found.organization, read)
        if read.contribution_type and found.contribution_type != read.contribution_type:
            self.doubt(
                f"台帳では種別が「{found.get_contribution_type_display()}」、ファイルでは"
                f"「{ContributionType(read.contribution_type).label}」です。台帳のままにしました。"
            )
        return found

    def contribution_type(self, read: ReadSheet) -> str:
        """Return the type as read, or the one that the name suggests."""
        if read.contribution_type:
            return read.contribution_type
        likely = (
            ContributionType.ASSESSED
            if "分担金" in read.contribution_name
            else ContributionType.VOLUNTARY
        )
        self.doubt(f"種別を読み取れなかったため「{likely.label}」としました。")
        return likely

    def organization(self, read: ReadSheet) -> Organization:
        """Match the organisation by its name, or make it."""
        name, abbreviation = _organization_in(read)
        found = self.named(Organization.objects.all(), "name_ja", name)
        if found is None:
            self.refuse_abbreviation(name, abbreviation)
            return self.save(Organization(name_ja=name, abbreviation=abbreviation))
        self.compare_organization(found, read)
        return found

    def compare_organization(self, known: Organization, read: ReadSheet) -> None:
        """Note where the file names another organisation, or abbreviates it otherwise."""
        name, abbreviation = _organization_in(read)
        if name_key(known.name_ja) != name_key(name):
            named = Organization(name_ja=name, abbreviation=abbreviation)
            self.doubt(
                f"台帳では拠出先が「{known}」、ファイルでは「{named}」です。台帳のままにしました。"
            )
        elif abbreviation and name_key(abbreviation) != name_key(known.abbreviation):
            self.doubt(
                f"台帳では略称が「{known.abbreviation}」、ファイルでは「{abbreviation}」です。"
                "台帳のままにしました。"
            )

    def division(self, read: ReadSheet) -> Division:
        """Match the division by its name, or make it; without a name, one that is not known."""
        name = read.responsible_division
        if not name:
            self.doubt(f"担当課室名を読み取れなかったため「{UNKNOWN_DIVISION}」としました。")
            name = UNKNOWN_DIVISION
        return self.named(Division.objects.all(), "name", name) or self.save(Division(name=name))

    def named(self, records: models.QuerySet[Record], field: str, name: str) -> Record | None:
        """Return which of ``records`` is called ``name``; refuse to guess between like names."""
        match = match_name(records, field, name)
        label = records.model._meta.verbose_name
        if match.alike:
            self.refuse_alike(f"{label}「{name}」", [getattr(each, field) for each in match.alike])
        if match.found and (known := getattr(match.found, field)) != name:
            self.doubt(
                f"{label}「{name}」は、台帳の「{known}」と同じものとみました。"
                "全角・半角や空白、記号だけが違います。"
            )
        return match.found

    def refuse_abbreviation(self, name: str, abbreviation: str) -> None:
        """Refuse a new organisation with the abbreviation of another: likely one, renamed."""
        key = name_key(abbreviation)
        known = [each for each in Organization.objects.all() if name_key(each.abbreviation) == key]
        if key and known:
            self.refuse_alike(f"国際機関等「{name}（{abbreviation}）」", list(map(str, known)))

    def refuse_alike(self, named: str, known: list[str]) -> None:
        """Refuse to register ``named`` beside similar names, unless ``new`` is set."""
        if self.new:
            return
        raise ImportRefused(
            f"{named}は台帳にありませんが、よく似た「{'」「'.join(known)}」が登録されています。"
            "同じものであれば、台帳又はファイルの名称をそろえてから取り込んでください。"
            "別のものであれば、--new を付けて実行してください。"
        )

    def doubt(self, words: str) -> None:
        """Note what a person should verify, once."""
        if words not in self.doubts:
            self.doubts.append(words)

    def save(self, record: Record) -> Record:
        """Store ``record`` as the register's rules have it."""
        self.valid(record)
        save_record(record, actor=None)
        return record

    def valid(self, record: models.Model) -> None:
        """Refuse what the register's rules refuse, in their words."""
        try:
            record.full_clean()
        except ValidationError as error:
            problems = "".join(error.messages)
            raise ImportRefused(
                f"{record._meta.verbose_name}を登録できません。{problems}"
            ) from error


def _organization_in(read: ReadSheet) -> tuple[str, str]:
    """Return name and abbreviation; without a name, the organisation is called as the sheet is."""
    return read.organization_name or read.contribution_name, read.organization_abbreviation
