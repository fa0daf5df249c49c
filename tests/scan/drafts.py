"""Small articles, and what is drafted from them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from benchmarks.scan import bare

from secondlook import claims
from secondlook.claims.ledger import Judged
from secondlook.scan import scan
from secondlook.scan.draft import draft

ARTICLE = Path(__file__).parents[2] / "examples" / "made-up-trial.nxml"
ARMS = "<th>Row</th><th>Drug</th><th>Placebo</th>"
ONE_GROUP = "We treated 31 patients with drug A."


def drafted(path: Path, root: Path, key: str = "smith-2024") -> dict[str, Judged]:
    draft(path, key, root=root)
    return {judged.claim.id: judged for judged in claims.judge(key)}


def results(path: Path) -> Counter[str]:
    """Return the numbers of an article but the 95 of a 95% confidence interval."""
    return Counter(bare(each.text) for each in scan(path).numbers if each.kind != "level")


def files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def article(root: Path, rows: str, *, head: str = "", label: str = "Table 1", title: str = "T",
            text: str = "", abstract: str = "") -> Path:  # fmt: skip
    head = head or "<th>Row</th><th>Drug (n = 40)</th><th>Placebo (n = 38)</th>"
    path = root / "article.nxml"
    path.write_text(
        f"<article><front><article-title>{title}</article-title>"
        f"{f'<abstract><p>{abstract}</p></abstract>' if abstract else ''}</front><body><sec>"
        f"<title>Results</title><p>{text or 'We treated 78 patients.'}</p><table-wrap>"
        f"<label>{label}</label><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        "</table-wrap></sec></body></article>",
        encoding="utf-8",
    )
    return path


def row(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


SOUND = [
    row("Male, n (%)", "21 (52.5)", "18 (47.4)"),
    row("Diabetes, n (%)", "7 (17.5)", "9 (23.7)"),
    row("Smoker, n (%)", "13 (32.5)", "11 (28.9)"),
]


def said(root: Path, text: str, printed: str, key: str = "smith-2024") -> list[tuple[str, str]]:
    """Return the printed numbers that a number of the text follows from, and its verdict."""
    found = drafted(article(root, "".join(SOUND), text=text), root, key)

    def printed_of(body: object) -> str:
        told = re.split(r"([(), ]+)", str(body))
        return "".join(found[word].claim.printed if word in found else word for word in told)

    return [
        (printed_of(j.claim.declared.body), j.verdict)
        for name, j in found.items()
        if name.startswith("results-") and j.claim.printed == printed
    ]


def of_one_group(root: Path, text: str, rows: str = "", key: str = "smith-2024") -> dict[str, str]:
    """Return what each number of a study of one group follows from, by its text."""
    head = "<th>Grade of anemia</th><th>Patients</th>"
    path = article(root, rows or row("None", "31"), head=head, text=text, abstract=ONE_GROUP)
    return {
        j.claim.printed: f"{str(j.claim.declared.body).split('(')[0]}: {j.verdict}"
        for name, j in drafted(path, root, key).items()
        if name.startswith("results") and j.claim.declared
    }
