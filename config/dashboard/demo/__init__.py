"""An invented district, built through the actions; see ``manage.py seed_demo``."""
