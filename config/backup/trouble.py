class BackupTrouble(Exception):
    """One sentence: why there is no backup, or nothing was restored, and what to do."""
