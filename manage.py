#!/usr/bin/env python
"""Run an administrative command of the contribution evaluation sheets."""

import os
import sys

from config.command_line import main

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main(sys.argv)
