"""What an operator reads when a command cannot even begin."""

import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db.utils import DatabaseError, IntegrityError
from environs.exceptions import EnvError


def main(arguments: list[str]) -> None:
    """Run the command in ``arguments``; end with a clear message where no database is there."""
    try:
        execute_from_command_line(arguments)
    except ImproperlyConfigured as error:
        sys.exit(f"設定に誤りがあります。{error}")
    except EnvError as error:
        sys.exit(
            f"環境変数に誤りがあります。config/settings.py の冒頭を確かめてください（{error}）。"
        )
    except IntegrityError:
        raise  # no fault of the operator's: a bug wants its traceback
    except DatabaseError as error:
        sys.exit(
            f"データベースを使えません（{str(error).strip()}）。DATABASE_URL の指定と、"
            "manage.py migrate が済んでいることを確かめてください。"
        )
