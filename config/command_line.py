"""Entry point of ``manage.py``, with a clear message if there is no database."""

import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db.utils import DatabaseError, IntegrityError
from environs.exceptions import EnvError


def main(arguments: list[str]) -> None:
    """Run the command in ``arguments``; exit with a message if the database is unavailable."""
    try:
        execute_from_command_line(arguments)
    except ImproperlyConfigured as error:
        sys.exit(f"設定に誤りがあります。{error}")
    except EnvError as error:
        sys.exit(
            f"環境変数に誤りがあります。config/settings.py の冒頭を確かめてください（{error}）。"
        )
    except IntegrityError:
        raise  # a bug rather than a mistake of the operator: show the traceback
    except DatabaseError as error:
        sys.exit(
            f"データベースを使えません（{str(error).strip()}）。DATABASE_URL の指定と、"
            "manage.py migrate が済んでいることを確かめてください。"
        )
