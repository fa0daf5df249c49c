"""Parts of a ledger as frames; `secondlook.claims` has them, and this goes with its users."""

from secondlook.claims import beside, counted, disagreements, printed_table

__all__ = ["beside", "counted", "disagreements", "printed_table"]
