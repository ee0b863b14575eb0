"""Each figure in words: its heading, its table, its chart where one helps."""
