"""Parts that must make a whole: groups and their total, levels, what a sentence lists."""
