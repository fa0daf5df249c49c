"""Kayser et al. 2022: inotuzumab ozogamicin in r/r B-ALL with extramedullary disease, 31 patients.

Haematologica, https://doi.org/10.3324/haematol.2021.280433

``data`` is what the paper prints, ``narrative`` what of the text a set of 31 patients
does not have, ``constructed`` the sets that have it all (made by
data/kayser-2022/make/constructed.py); ``survival`` asks them for the claims that follow from
nothing simpler. ``searches`` and ``contradictions`` are what searches of all admissible data found,
``reconstruction`` and ``flow`` what of it is drawn, ``power`` says what such a cohort could have
found.
"""
