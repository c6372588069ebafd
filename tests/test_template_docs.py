"""docs/templates.md and its Chinese twin: every example is run, every name that templates may use has one."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from drafts import EXAMPLE, ROOT, write

from drafter import markup
from drafter.compose import FIGURES, compose, compose_paper, readable
from drafter.compose.filters import FILTERS, TESTS
from drafter.document import Document
from drafter.load import Inputs, load
from drafter.model.pack import Pack
from drafter.packs import own_folder
from drafter.packs.check import check
from drafter.resolve import resolve

ENGLISH = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "docs" / "templates.zh-CN.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"(?ms)^```([^\n]*)\n(.*?)\n```$")
Recipe = tuple[dict[str, str], str, str]


def fences(text: str) -> list[tuple[str, str]]:
    """Every fenced block: what stands behind the fence, and its lines."""
    return [(found[1], found[2]) for found in _BLOCK.finditer(text)]


def examples() -> list[tuple[str, str]]:
    """Template and what it prints."""
    found = fences(ENGLISH)
    pairs = pairwise(found)
    return [(one[1], two[1]) for one, two in pairs if (one[0], two[0]) == ("jinja", "text")]


def recipes() -> list[Recipe]:
    """Files, which paper they make, and lines of it."""
    made: list[Recipe] = []
    for section in ENGLISH.partition("\n## What stands in")[0].split("\n### ")[1:]:
        files: dict[str, str] = {}
        shown, paper = "", ""
        for kind, text in fences(section):
            if "file=" in kind:
                files[kind.partition("file=")[2]] = text + "\n"
            elif kind.startswith("text shows"):
                shown, paper = text, kind.partition("paper=")[2]
        made.append((files, paper, shown))
    return made


def of_office(folder: Path) -> Inputs:
    """The example's inputs, with a pack that stands beside its profile."""
    text = EXAMPLE.read_text(encoding="utf-8").replace(", file: parent.txt", "")
    return load(write(folder, "profile.yaml", text.replace("pack: science-literacy", "pack: my-office")))


def made(inputs: Inputs, paper: str) -> Document:
    plan = resolve(inputs)
    return compose_paper(plan, inputs, paper) if paper else compose(plan, inputs)


def printed(paper: Document) -> str:
    """All that stands on the page, titles joined."""
    return "\n".join(paper.texts())


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    folder = tmp_path_factory.mktemp("example")
    text = (ROOT / "examples" / "lanxi" / "profile.yaml").read_text(encoding="utf-8")
    return load(write(folder, "profile.yaml", text.replace(", file: parent.txt", "")))


def test_both_languages_have_the_same_examples() -> None:
    assert fences(ENGLISH) == fences(CHINESE)
    assert len(examples()) > 25
    assert len(recipes()) > 9


@pytest.mark.parametrize(("template", "shown"), examples())
def test_an_example_prints_what_the_page_says(
    tmp_path: Path, inputs: Inputs, template: str, shown: str
) -> None:
    from drafter.compose import _codes, _folders, _title_segments
    from drafter.compose.context import common, context
    from drafter.compose.render import Renderer
    from drafter.errors import Location

    plan = resolve(inputs)
    write(tmp_path, "x/example.md.j2", template)
    renderer = Renderer([("x", tmp_path / "x"), *_folders(inputs)], common(plan))
    title = "".join(_title_segments(renderer, plan, inputs))
    reading = context(plan, renderer.texts(_codes(plan)), inputs.pack.forms["items"].form(), title, None)
    assert markup.unescape(renderer.template("example.md.j2", reading, Location())).strip() == shown


@pytest.mark.parametrize(("files", "paper", "shown"), recipes(), ids=[str(n) for n in range(len(recipes()))])
def test_a_recipe_gives_what_the_page_says(
    tmp_path: Path, files: dict[str, str], paper: str, shown: str
) -> None:
    for name, text in files.items():
        write(tmp_path, name, text)
    text = printed(made(of_office(tmp_path), paper))
    assert all(line in text for line in shown.splitlines())
    assert not check(own_folder(tmp_path / "templates" / "my-office")).findings


def test_a_recipe_is_at_most_ten_lines() -> None:
    assert max(text.count("\n") for files, _, _ in recipes() for text in files.values()) <= 12


def test_every_filter_test_name_and_block_stands_on_the_page(inputs: Inputs) -> None:
    code = "\n".join(text for kind, text in fences(ENGLISH) if kind.startswith(("jinja", "text")))
    assert not [name for name in FILTERS if not re.search(rf"\| ?{name}\b", code)]
    assert not [
        name for name in TESTS if not re.search(rf"is (not )?{name}\b", code) and f"`{name}`" not in ENGLISH
    ]
    plan = resolve(inputs)
    known = readable(plan, inputs) - set(plan.values)
    assert not [name for name in known if not re.search(rf"\b{name}\b", code)]
    assert not [name for name in FIGURES if name not in ENGLISH]
    assert not [name for name in Pack.model_fields if f"`{name}`" not in ENGLISH]
    for path in (ROOT / "templates" / "science-literacy").rglob("*.j2"):
        for block in re.findall(r"\{% block (\w+)", path.read_text(encoding="utf-8")):
            assert f"`{block}`" in ENGLISH, (path, block)
