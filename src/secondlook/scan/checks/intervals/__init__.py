"""An estimate against its limits, its P, the counts of its row, and the two that it compares."""
