#!/usr/bin/env python
"""Django's commands. For a portal on this machine alone, see `make demo`."""

import os
import sys

from django.core.management import execute_from_command_line

OWNER = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "createcachetable"}
OWNER |= {"share_actor_keys"}
TASK = {
    "audit_anchor",
    "restore",
    "retention",
    "seal_audit",
    "seed_demo",
    "setup_force",
    "verify_audit",
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if OWNER & set(sys.argv[1:2]):
        os.environ["PORTAL_ROLE"] = "owner"
    elif TASK & set(sys.argv[1:2]):
        os.environ["PORTAL_ROLE"] = "task"
    execute_from_command_line(sys.argv)
