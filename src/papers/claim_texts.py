"""The numbers that a document prints, which `secondlook.claims` has; goes with its users."""

from secondlook.claims import printed_text, said, texts

__all__ = ["printed_text", "said", "texts"]
