"""Eroğlu Küçükçiler et al. 2021: gemtuzumab ozogamicin in relapsed refractory AML, 21 patients.

Leukemia Research Reports, 100280. https://doi.org/10.1016/j.lrr.2021.100280

What the claims do not declare: `cohort` (Table 4's patients), `response` (Tables 2 and 3, rates),
`deaths` (who died), `survival` (what follows from it).
"""

# What the claims in conflict disagree about: a disagreement meets a claim at each of its places.
DISAGREEMENTS = {
    "age": ("abs-age-median", "res-age-median", "t1-age-median", "t1-age-young", "t1-age-old"),
    "CD33": ("t1-cd33", "res-cd33-median"),
    "response": ("res-responders", "res-pr", "res-none"),
    "survival": ("res-deaths", "res-os-6", "res-os-12"),
    "the cited cases": ("dis-cases-treated", "dis-cases-recovered"),
}
