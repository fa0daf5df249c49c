"""Correct: single rules of numbering, options and text, each on a document of a few lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.render.reading import Element, read, render_document

from secondlook.render.document import read_document
from secondlook.render.execution import as_markdown, without_expressions
from secondlook.render.pandoc import parse, plain_text
from secondlook.render.panels import notes_before_pauses
from secondlook.render.problems import RenderError
from secondlook.render.site import Site, documents, option_levels, read_site


def page_of(project: Path, text: str) -> Element:
    document = project / "doc.qmd"
    document.write_text(text, encoding="utf-8")
    return read(render_document(read_site(project), document).read_text(encoding="utf-8"))


def headings(page: Element) -> list[str]:
    return [
        each.text
        for each in page.one("main").all()
        if each.tag[:1] == "h" and each.tag[1:2].isdigit()
    ]


NUMBERED = "---\nnumber-sections: true\n---\n\n"


@pytest.mark.parametrize(
    ("text", "numbered"),
    [
        ("## A\n### B\n## C\n### D\n### E\n", ["1 A", "1.1 B", "2 C", "2.1 D", "2.2 E"]),
        ("# A\n## B\n# C\n## D\n", ["1 A", "1.1 B", "2 C", "2.1 D"]),
        ("## A\n## B {.unnumbered}\n## C {-}\n## D\n", ["1 A", "B", "C", "2 D"]),
        ("## A\n#### B\n", ["1 A", "1.0.1 B"]),
    ],
)
def test_sections_are_numbered_from_the_highest_level_in_use(project, text, numbered):
    assert headings(page_of(project, NUMBERED + text)) == numbered


def test_a_section_can_be_referred_to_where_headings_show_no_number(project):
    page = page_of(project, "## A\n\n## B {#sec-b}\n\nSee @sec-b.\n")
    assert headings(page) == ["A", "B"]
    assert page.one("a", class_="quarto-xref").text == "Section 2"


def test_references_stand_under_the_heading_that_ends_the_document(project):
    (project / "refs.bib").write_text("@article{key, title={T}, author={B, C}, year={2000}}\n")
    front = "---\nbibliography: refs.bib\n---\n\n"
    assert headings(page_of(project, f"{front}As @key.\n\n## Literature\n")) == ["Literature"]
    assert headings(page_of(project, f"{front}## A\n\nAs @key.\n")) == ["A", "References"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("'<0.001'", "<0.001"),
        ("'a * b * c and _d_'", "a * b * c and _d_"),
        ("'[x](y) #z `code`'", "[x](y) #z `code`"),
        ('"it\'s"', "it’s"),
        ("-5", "-5"),
        ("None", "None"),
    ],
)
def test_text_from_inline_code_is_no_markup(value, shown):
    tree = parse("v " + as_markdown({"text/plain": value}), Path("doc.qmd"))
    assert plain_text(tree["blocks"]) == f"v {shown}"


def test_markup_from_inline_code_is_markup():
    assert as_markdown({"text/markdown": "**x**", "text/plain": "<M>"}) == "**x**"
    assert as_markdown({"text/html": "<b>x</b>", "text/plain": "<M>"}) == "`<b>x</b>`{=html}"


def test_values_take_the_place_of_their_expressions_in_order():
    values = [{"text/plain": "1"}, {"text/plain": "'two'"}]
    text = "`{python} a` and\n\n```\nx\n```\n\n`{python} b`."
    assert without_expressions(text, values) == "1 and\n\n```\nx\n```\n\ntwo."


def options_of(project: Path, text: str) -> tuple[str, dict]:
    document = project / "sub" / "doc.qmd"
    document.parent.mkdir(exist_ok=True)
    document.write_text(text)
    site = read_site(project)
    read_ = read_document(document, site.root, option_levels(site, document))
    return read_.format, dict(read_.options)


def test_a_document_overrides_its_folder_and_that_the_project(project):
    (project / "_quarto.yml").write_text(
        "project: {type: website}\nlang: tr\nformat:\n  html: {toc: true, toc-depth: 2}\n"
    )
    (project / "sub").mkdir()
    (project / "sub" / "_metadata.yml").write_text("format: {html: {toc-depth: 4}}\n")
    name, options = options_of(project, "---\ntoc: false\n---\n")
    assert name == "html"
    assert (options["lang"], options["toc"], options["toc-depth"]) == ("tr", False, 4)


def test_what_is_said_for_one_format_is_not_for_another(project):
    (project / "_quarto.yml").write_text(
        "project: {type: website}\nformat:\n  html: {toc: true, number-sections: true}\n"
    )
    (project / "sub").mkdir()
    (project / "sub" / "_metadata.yml").write_text("format: {revealjs: {width: 1280}}\n")
    name, options = options_of(project, "---\nformat: revealjs\n---\n")
    assert name == "revealjs"
    assert options["width"] == 1280
    assert not {"toc", "number-sections"} & set(options)


def test_files_are_named_as_seen_from_the_file_that_names_them(project):
    (project / "_quarto.yml").write_text(
        "project: {type: website}\nbibliography: refs.bib\nformat:\n  html: {css: a.css}\n"
    )
    _, options = options_of(project, "---\ntitle: x\n---\n")
    assert options["bibliography"] == [str(project.resolve() / "refs.bib")]
    assert options["css"] == [str(project.resolve() / "a.css")]


def test_the_site_lists_its_documents_without_parts_and_hidden_ones(project):
    (project / "_quarto.yml").write_text(
        "project: {type: website, render: [index.qmd, 'r/*.qmd', '!r/no.qmd']}\n"
    )
    (project / "r").mkdir()
    for name in ("index.qmd", "r/b.qmd", "r/a.qmd", "r/_part.qmd", "r/no.qmd", "other.qmd"):
        (project / name).touch()
    site: Site = read_site(project)
    listed = [path.relative_to(site.root).as_posix() for path in documents(site)]
    assert listed == ["index.qmd", "r/a.qmd", "r/b.qmd"]


def test_notes_come_before_the_pause_of_their_slide():
    deck = parse(
        "## A\n\none\n\n. . .\n\ntwo\n\n::: {.notes}\nsay a\n:::\n\n## B\n\nthree\n\n"
        "::: {.notes}\nsay b\n:::\n\n---\n\nfour\n",
        Path("deck.qmd"),
    )
    blocks = notes_before_pauses(deck["blocks"], 2)
    texts = [plain_text(each.get("c", "")) or each["t"] for each in blocks]
    assert texts == [
        *("A", "say a", "one", ". . .", "two", "B", "say b", "three", "HorizontalRule", "four"),
    ]


def test_what_stands_before_the_first_tab_stays_there(project):
    text = "::: {.panel-tabset}\nfirst\n\n## A\n\nin a\n\n### Deeper\n\n## B\n\nin b\n:::\n"
    page = page_of(project, text)
    assert [each.text for each in page.all(role="tab")] == ["A", "B"]
    assert [each.text for each in page.all(role="tabpanel")] == ["A in a Deeper", "B in b"]
    assert page.one("main").all("p")[0].text == "first"


def test_a_heading_within_a_callout_stays_within(project):
    text = "## A\n\n::: {.callout-note}\n## Title\n\nx\n\n## Inner\n\ny\n:::\n\nafter\n\n## B\n"
    page = page_of(project, text)
    assert page.one(class_="callout-body").text == "x Inner y"
    assert headings(page) == ["A", "Inner", "B"]


def test_a_part_names_others_as_seen_from_the_document(project):
    (project / "parts").mkdir()
    (project / "parts" / "_one.qmd").write_text("one\n\n{{< include parts/_two.qmd >}}\n")
    (project / "parts" / "_two.qmd").write_text("two")
    text = "{{< include parts/_one.qmd >}}\n{{< include /parts/_two.qmd >}}\nthree\n"
    paragraphs = [each.text for each in page_of(project, text).one("main").all("p")]
    assert paragraphs == ["one", "two", "two", "three"]


def test_a_caption_may_name_a_number(project):
    page = page_of(
        project,
        "::: {#fig-a}\n\n```{python}\nimport matplotlib.pyplot as plt\n"
        "_ = plt.plot([1, 2])\n```\n\n"
        "All `{python} 20 + 1` patients.\n:::\n\nSee @fig-a.\n",
    )
    assert page.one("figcaption").text == "Figure 1: All 21 patients."
    assert len(page.one("figure", id="fig-a").all("img")) == 1


def test_a_size_in_the_options_holds_for_every_figure(project):
    plot = "```{python}\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);\n```\n\n"
    page = page_of(project, f"---\nfig-width: 4\nfig-height: 3\n---\n\n{plot}{plot}")
    other = page_of(project, f"---\nfig-width: 8\nfig-height: 3\n---\n\n{plot}")
    first, second, wide = [
        int(each.attributes["width"]) for page in (page, other) for each in page.all("img")
    ]
    assert first == second
    assert wide / first == pytest.approx(2, rel=0.1)


def test_the_footer_has_the_day_of_rendering(project):
    config = project / "_quarto.yml"
    footer = "website:\n  page-footer: Rendered on {{< meta date-modified >}}\n"
    config.write_text(f"{footer}date-modified: today\n")
    today = date.today().isoformat()
    assert page_of(project, "Text.\n").one("footer").text == f"Rendered on {today}"
    config.write_text(footer)
    with pytest.raises(RenderError, match="shortcode other than"):
        page_of(project, "Text.\n")


def test_a_block_of_yaml_from_a_cell_goes_before_the_front_matter(project):
    text = "---\ntitle: Deck\nsubtitle: typed\nformat: revealjs\n---\n\n"
    cell = "```{python}\n#| output: asis\nprint('---\\nsubtitle: made\\n---')\n```\n\n## Slide\n"
    title = page_of(project, text + cell).one("section", id="title-slide")
    assert title.one(class_="subtitle").text == "made"
