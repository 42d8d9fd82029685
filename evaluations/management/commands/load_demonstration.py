"""``manage.py load_demonstration``: a small sample ministry to try the product with."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import Division, User
from contributions.models import Organization
from evaluations.demonstration.load import accounts_of, load_ministry, read_ministry


class Command(BaseCommand):
    """Loads the sample into an empty database; where anything is registered, it changes nothing."""

    help = "動作確認用の見本（課室・利用者・拠出金・シート）を、空のデータベースに入れます。"

    def handle(self, *args: Any, **options: Any) -> None:
        ministry = read_ministry()
        accounts = accounts_of(ministry)
        if not any(model.objects.exists() for model in (User, Organization, Division)):
            load_ministry(ministry)
            self.stdout.write("見本を読み込みました。")
        elif not User.objects.filter(username=accounts[0].username).exists():
            self.stdout.write("すでに登録があるため、見本は読み込みません。")
            return
        self.stdout.write("見本の利用者（パスワードはすべて同じです）：")
        for account in accounts:
            self.stdout.write(f"  {account.username:<16} {account.title}")
        self.stdout.write(f"  パスワード：{ministry['password']}")
