#!/usr/bin/env python
"""Django's commands. For a portal on this machine alone, see `make demo`."""

import os
import sys

from django.core.management import execute_from_command_line

OWNER = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "createcachetable"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if OWNER & set(sys.argv[1:2]):
        os.environ["PORTAL_ROLE"] = "owner"
    if sys.argv[1:2] == ["restore"]:
        os.environ["PORTAL_ROLE"] = "task"  # for verify_audit at its end
    execute_from_command_line(sys.argv)
