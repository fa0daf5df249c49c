"""What the words of a label, head or caption say of the numbers that stand by it, and of sizes."""

from __future__ import annotations

import re

from secondlook.scan.cells import WHOLE, any_case, whole

N_IS = re.compile(
    rf"(?:(?<![A-Za-z])[nN](?:o?\.?|_?[1-6])|(?<=[a-z])N)\s?[=:]\s?"
    rf"(\d{{1,3}}(?: \d{{3}})+(?=\s?\))|{WHOLE})(?:\s?/\s?({WHOLE}))?(?!\d|\.\d|%)"
)
_N_ALONE = re.compile(rf"([(\[])\s?[nN]\s({WHOLE})(?=\s?[)\]])")
"""As journals of nutrition print it: (n 12)."""
_PEOPLE = any_case(
    rf"(?<![\d.,])({WHOLE})\s(?!(?:[cm]m|kg)\b)(?:[a-z-]{{1,15}}\s){{0,2}}(?:patients|subjects|participants|women|men|"
    r"children|infants|cases|controls|individuals|persons|people|eyes|adults|girls|boys|mothers|"
    r"pregnancies|tumou?rs|lesions|samples|events|teeth|students|families|hips|knees|volunteers)\b"
)
_BARE = re.compile(
    rf"[(\[]\s?(?:total\s)?(?!(?:19|20)\d\d\b)({WHOLE})\s?[)\]]\s*(?:%|n \(%\)|\(%\))?\s*$"
)
_OF_ALL = any_case(rf"^(?:total|all|overall)(?:,|\s?[=:])?\s({WHOLE})(?:\s?\^\S{{1,3}})?$")
CONTINUOUS = any_case(
    r"\b(?:mean|median|average|SDs?|SEM?|s\.d\.|IQR|range|quartiles?|inter-?quartile|geometric|"
    r"standard deviations?|standard errors?|percentiles?|coefficients? of variation|min|max)\b|±|"
    r"\bCV ?%|%\s?CV\b"
)
PERCENT = any_case(r"%|\bper ?cent(?:age)?s?\b")
COUNT_PERCENT = any_case(
    r"(?:\b(?:n|no|nos|number|numbers|count|counts|frequency|freq|patients|subjects|participants|"
    r"cases|events?|women|men|children)\b\.?\s{0,2}[,;/]?\s{0,2}(?:and\s)?[(\[]?\s{0,2}"
    r"(?:%|per ?cent|percentages?\b))|%\s{0,2}[(\[]\s?(?:n|no\.?)\s?[)\]]|"
    r"[(\[]n[)\]][^()\[\]]{1,30}[(\[]%[)\]]"
)
PERCENT_COUNT = any_case(
    r"(?:%|\bper ?cent(?:age)?)[^()\[\]%]{0,40}[(\[]\s?(?:n|no\.?|number)\s?[)\]]"
)
P_ROW = any_case(r"p(?:[- ]?values?)?\W*$")
"""The label of a row of P values."""
P_HEAD = any_case(
    r"(?:^|[\s(*])p(?:[^\w.,/]|\.?$|[-\s]?values?)|p(?:[-\s]|\. ?)?value|"
    r"^pr(?:ob\.?$|obability$| >)|^(?:asymptotic |exact |statistical )?"
    r"sig(?:nifican(?:ce|t)|\.)?(?: \((?:2|two)-(?:tailed|sided)\))?$"
)
TOTAL = any_case(
    r"\b(?!(?<=\()total \d)(?<!% of )(?<!/)"
    r"(?:total|all|overall|both|combined|pooled|entire|whole|(?<!\w )sum(?! \w))\b"
)
EVENTS = any_case(
    r"\b(?:events?|adverse|AEs?|SAEs?|TEAEs?|episodes?|reactions?|complications?|toxicit\w+|"
    r"symptoms?|infections?|admissions|visits?|bleed\w*|falls|seizures)\b"
)
"""A label with one of these may count events and give the percent of the patients who had any."""
UNWANTED = any_case(
    r"adverse|toxicit|side.effects?|complications?|safety(?! (?:population|set|analysis))"
)
"""As a caption does that is of unwanted events."""
ESTIMATED = any_case(
    r"\b(?:weighted|kaplan|meier|actuarial|cumulative|adjusted|imputed|imputation|standardi[sz]ed|"
    r"estimated|estimates?|survival|modell?ed|least[- ]squares?|LS|"
    r"person[- ]?(?:\w+[- ])?(?:years?|days?|weeks?|months?)|"
    r"per (?:100|1000|1,000|10,000|100,000)|incidence rates?|freedom from|event[- ]free|"
    r"relative dose|dose intensity|reduction|change|difference|increase|decrease|improvement|"
    r"bootstrap\w*|incidence densit\w*|extrapolated|costs?)\b|[$€£]"
)
"""A label with one of these may print a percent that is no plain share of a count."""
ESTIMATED_THROUGHOUT = any_case(
    r"\bweighted\b|kaplan|\bimputed|multiple imputation|age[- ]standardi[sz]ed|least[- ]squares?|"
    r"actuarial|survey design|sampling weights"
)
"""A caption or footnote with one of these leaves open which percents of the table are meant."""
EXCLUSIVE = any_case(
    r"\b(?:sex|gender|stages?|grades?|class|NYHA|ASA|race|ethnicity|marital|ages?|education(?:al)?|"
    r"employment|GOLD|BMI|body mass index|income|parity|severity|smoking status)\b"
)
"""A heading whose levels exclude each other."""
PAIRS = ({"male", "female"}, {"men", "women"}, {"boys", "girls"}, {"yes", "no"},
          {"present", "absent"}, {"positive", "negative"})  # fmt: skip
"""Labels of two levels that make up their variable."""
CATEGORY = re.compile(r"[<>≤≥]|\d\s?(?:-|–|to)\s?\d")
"""A label with one of these names a class of what is measured, and counts who is in it."""
_CLASS = any_case(
    r"\b(?:low|high|normal|abnormal|elevated|raised|reduced|over|under|obes\w*|hyper\w*|hypo\w*)\b|"
    r"\b(?:m|f|(?:fe)?males?|women|men|girls|boys|yes|no|left|right|positive|negative)\s?/"
)
"""A class of what is measured, or levels beside each other: male/female."""
MEASURED = any_case(
    r"\([^)]{0,12}(?:/|\b(?:years?|yrs?|kg|cm|mm|mg|ml|dl|hours?|days?|weeks?|months?|min|score|"
    r"points?|ratio|index|g|s|IU|U)\b)[^)]{0,12}\)|\b(?:scores?|index|ages?|weight|height|pressure|BMI|"
    r"levels?|predicted|duration|time|dose|volume|length|mg|kg|ml|"
    r"(?:heart|pulse|respirat\w*|breathing|filtration|sedimentation|flow|metabolic|infusion|growth|"
    r"clearance|ventricular|sweat\w*|secretion|max\w*|work|perfusion|oxidation|synthesis|disposal|"
    r"production|turnover|fall|attendance) rates?)\b|"
    r"[µμmnp]?mol/(?:L|mol)\b|\b[mnpµμ]?g/(?:d?L|ml|d?l)\b|"
    r"mmHg|mm Hg|/µ?L\b|\bU/L\b|\bkg/m"
)
"""A label of something measured on a scale, whose brackets may hold an SD that is not announced."""


def measured(label: str) -> bool:
    """Whether a row is of what is measured and no class of it: beside a number stands a mean."""
    own = label.rpartition(" > ")[2]
    return bool(MEASURED.search(own) and not CATEGORY.search(own) and not _CLASS.search(own))


def of_percents(*told: str) -> bool:
    """Whether percents are announced, and no counts with them."""
    said = " ".join(told)
    return bool(PERCENT.search(said) and not COUNT_PERCENT.search(said))


def last_word(label: str) -> str:
    """Return the last word of a label, without what it says of its numbers."""
    words = re.findall(r"[a-z]+", re.sub(r"[(\[].*|,.*|%", "", label).lower())
    return words[-1] if words else ""


def sizes(text: str, *, head: bool = False) -> list[int]:
    """Return the sizes of a text: ``n = 33``, ``(n 33)``, ``33 women``; ``(33)`` in a head."""
    told = [(m[1], m[2]) for m in N_IS.finditer(_N_ALONE.sub(r"\1n = \2", text))]
    found = [whole(size) for pair in told for size in pair if size]
    found += [whole(m) for m in _PEOPLE.findall(text)]
    if head and not found and (bare := _BARE.search(text) or _OF_ALL.match(text.strip())):
        found = [whole(bare[1])]
    return [size for size in dict.fromkeys(found) if size > 0]
