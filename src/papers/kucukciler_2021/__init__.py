"""Eroğlu Küçükçiler et al. 2021: gemtuzumab ozogamicin in relapsed refractory AML, 21 patients.

Leukemia Research Reports, 100280. https://doi.org/10.1016/j.lrr.2021.100280

What the claims do not declare: `cohort` (Table 4's patients), `response` (Tables 2 and 3, rates),
`deaths` (who died), `survival` (what follows from it).
"""
