"""The counts with their percents in a table, and which printed denominator each is of."""
