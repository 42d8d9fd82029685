"""What an operator reads when a command cannot even begin."""

import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db.utils import OperationalError, ProgrammingError


def main(arguments: list[str]) -> None:
    """Run the command in ``arguments``; end with a clear message where no database is there."""
    try:
        execute_from_command_line(arguments)
    except ImproperlyConfigured as error:
        sys.exit(f"設定に誤りがあります。{error}")
    except (OperationalError, ProgrammingError) as error:
        sys.exit(
            f"データベースを使えません（{str(error).strip()}）。DATABASE_URL の指定と、"
            "manage.py migrate が済んでいることを確かめてください。"
        )
