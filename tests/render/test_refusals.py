"""Correct: what lies outside of the declared subset is refused, with its file and line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.render.reading import render_document

from secondlook.render.document import read_document
from secondlook.render.problems import RenderError
from secondlook.render.site import read_site


def refused(project: Path, text: str) -> str:
    document = project / "doc.qmd"
    document.write_text(text, encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        render_document(read_site(project), document)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\ntitle: x\nechoo: true\n---\n", 3, "`echoo` is not supported"),
        ("---\nformat:\n  html:\n    minimal: true\n---\n", 4, "`format.html.minimal`"),
        ("---\nformat: pdf\n---\n", 2, "format `pdf`"),
        ("---\nexecute:\n  cach: true\n---\n", 3, "`execute.cach`"),
        ("---\ntitle: x\ntitle: y\n---\n", 3, "the key 'title' stands twice"),
        ("---\ntitle: [x\n---\n", 3, "not YAML"),
        ("---\ntitle: x\n", 1, "no closing"),
        ("\n```{python}\n#| layout-ncol: 2\n1\n```\n", 3, "`layout-ncol`"),
        ("\n```{python}\n#| echo: maybe\n1\n```\n", 3, "cannot be 'maybe'"),
        ("\n```{python}\n#| label: true\n1\n```\n", 3, "cannot be True"),
        ("\n```{python}\n#| fig-width: 8\n1\n```\n", 3, "`fig-width` is not supported"),
        ("\n```{python}\n#| label: fig-a\n1\n```\n", 3, "needs `fig-cap`"),
        ("\n```{python}\n#| label: tbl-a\n#| fig-cap: x\n1\n```\n", 3, "is a table but"),
        ("\n```{python}\n1\n#| echo: false\n```\n", 4, "before the code"),
        ("\n```{python}\n#| fig-cap: '`{python} x`'\n1\n```\n", 3, "does not run in cell options"),
        ("```{python}\n#| label: a\n```\n\n```{python}\n#| label: a\n```\n", 6, "used before"),
        ("# A b\n\n```{python}\n#| label: a-b\n1\n```\n", 4, "heading's address"),
        ("\n```{r}\n1\n```\n", 2, "a cell in r"),
        ("\n```{python echo=FALSE}\n1\n```\n", 2, "`#|` lines"),
        ("- item\n\n  ```{python}\n  1\n  ```\n", 3, "at the margin"),
        ("````{python}\n1\n````\n", 1, "at the margin"),
        ("text\n\n{{< video x.mp4 >}}\n", 3, "shortcode `video`"),
        ("text {{< include a.qmd >}}\n", 1, "on a line of its own"),
        ("{{< include a.qmd >}}\n", 1, "does not exist"),
        ("{{< include doc.qmd >}}\n", 1, "includes this document"),
        ("::: {layout-ncol=2}\nx\n:::\n", 1, "`layout-ncol`"),
        ("::: {.column-margin}\nx\n:::\n", 1, "`.column-margin`"),
        ("::: {.callout-danger}\nx\n:::\n", 1, "no callout `danger`"),
        ("See @lst-a.\n", 1, "`@lst-` is not supported"),
        ("::: {#thm-a}\nx\n:::\n", 1, "`thm-`"),
        ("\nSee @fig-a.\n", 2, "no `fig-a`"),
        ("\nSee [@fig-a; @someone].\n", 2, "mixes references and citations"),
        ("::: {#fig-a}\n- x\n:::\n", 1, "no caption"),
        ("a\n\n![x](none.png)\n", 3, "none.png, which does not exist"),
        ("a\n\n![x](https://example.org/a.png)\n", 3, "self-contained"),
        ("a\n\n[x](none.qmd)\n", 3, "none.qmd, which does not exist"),
        ("a\n\n$\\frac{$\n", 3, "TeX math"),
        ("a `{python} 1 +` b\n", 1, "no Python expression"),
        ("a\n`{python}` b\n", 2, "must be"),
        ("a\n\n```\n`{python} 1`\n```\n", 4, "inside a block of code"),
        ("a\n\n```\nnever closed\n", 5, "never closed"),
        ("# A {#sec-a}\n\n# B {#sec-a}\n", 1, "sec-a"),
    ],
)
def test_the_message_names_line_and_reason(project, text, line, words):
    message = refused(project, text)
    assert message.startswith(f"doc.qmd:{line}: "), message
    assert words in message


def test_an_unknown_citation_is_refused_with_its_line(project):
    (project / "refs.bib").write_text("@article{known, title={A}, year={2000}}\n")
    message = refused(project, "---\nbibliography: refs.bib\n---\n\nAs @nobody says.\n")
    assert message.startswith("doc.qmd:5: ")
    assert "nobody" in message


def test_a_problem_in_an_included_file_names_that_file(project):
    (project / "_part.qmd").write_text("fine\n\n{{< pagebreak >}}\n")
    assert refused(project, "{{< include _part.qmd >}}\n").startswith("_part.qmd:3: ")


def test_the_site_may_ask_for_nothing_that_is_lacking(project):
    (project / "_quarto.yml").write_text("project: {type: website}\nwebsite:\n  sidebar: {}\n")
    with pytest.raises(RenderError, match=r"_quarto.yml:3: `website.sidebar`"):
        read_site(project)


@pytest.mark.parametrize(
    "text",
    [
        "Mail me at a@lst-server.example, or write `@lst-a` and `{{< video >}}` as code.\n",
        "```markdown\n{{< video x >}}\n::: {.column-margin}\n```\n",
        "````markdown\n```{r}\n1\n```\n````\n",
        "A set {1, 2} and \\@fig-x.\n",
        "``` {.python}\nprint(1)\n```\n",
    ],
)
def test_what_only_looks_like_it_is_not_refused(project, text):
    document = project / "doc.qmd"
    document.write_text(text, encoding="utf-8")
    assert read_document(document, project, []).cells


def test_a_document_that_is_a_pipe_is_refused_and_not_waited_for(project):
    os.mkfifo(project / "doc.qmd")
    with pytest.raises(RenderError, match=r"doc\.qmd.*is no regular file"):
        read_document(project / "doc.qmd", project, ())
