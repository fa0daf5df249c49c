"""How long the estimators take, and how much memory, beside other packages.

``make bench`` runs everything, ``make bench ARGS="kaplan-meier --largest 100000"`` a part of it.
Packages that are not installed are left out and named (scikit-survival is not in the lock file).
"""
