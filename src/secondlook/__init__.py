"""A second look at printed results: re-derive them, and say of every number whether it holds.

The package imports nothing at start-up: import the module of the idea that you need, for example
``from secondlook.survival import kaplan_meier``.
"""

__version__ = "0.1.0"
