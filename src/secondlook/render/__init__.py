"""The embedded engine: renders the site where Quarto is not installed."""
