"""The repository keeps its own rules: style, types, layers, words."""

import ast
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

# The parts of drafter/ from the bottom to the top. A part imports from rows above its own, never from its own row
# or from one below. `__init__` is the package itself.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("nearest",),
    ("yaml_tree",),
    ("document",),
    ("five_years",),
    ("model",),
    ("typography", "titles", "references", "divisions", "numerals", "clauses", "pairs"),
    ("load", "markup", "structure", "outline"),
    ("places", "levels"),
    ("organs", "roles", "issuers", "hanging", "mentions", "profile_yaml"),
    ("resolve",),
    ("compose", "write"),
    ("read",),
    ("catalog",),
    ("draft", "search", "propose", "lowering", "lock", "packs"),
    ("align",),
    ("check",),
    ("annotate",),
    ("build",),
    ("learn", "rebase", "accept", "tasks"),
    ("wizard", "doctor"),
    ("__init__",),
    ("cli",),
    ("__main__",),
)

# Where each of these libraries may be imported.
LIBRARIES: dict[str, tuple[str, ...]] = {
    "yaml": ("yaml_tree",),
    "jinja2": ("compose",),
    "docx": ("read", "write"),
    "typer": ("cli",),
    "questionary": ("wizard",),
    "rich": ("wizard",),
    "ruamel": ("profile_yaml",),
    "pydantic": ("model", "load"),
}

LONGEST_MODULE = 400
TEST_COMMAND = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest"
FAMILY_WORDS = ("科学素质", "科普")

# How the project is made is nobody's business but its makers'. Written so that no pattern finds itself.
WORKPLACE = re.compile(
    r"[/]work/|\.\./shared|sub-?agents?\b|helper[ ]session|before[-]stop|tool[ ]library|language[ ]model"
    r"|AI[- ]generated|written by (?:an )?AI\b",
    re.IGNORECASE,
)
# Continuous integration looks for the real plans beside the checkout.
WORKPLACE_EXEMPT = (".ci/run",)


@pytest.fixture(scope="module")
def modules(root: Path) -> dict[str, ast.Module]:
    """Every module of drafter/, parsed, under its path inside that folder."""
    package = root / "drafter"
    return {
        path.relative_to(package).as_posix(): ast.parse(path.read_text(encoding="utf-8"), str(path))
        for path in sorted(package.rglob("*.py"))
    }


@pytest.fixture(scope="module")
def tracked(root: Path, run: Run) -> list[Path]:
    """The files of the repository: those in git, and new ones that git does not ignore."""
    listed = run("git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed.returncode:
        pytest.skip(f"not a git checkout: {listed.stderr.strip()}")
    return [root / name for name in listed.stdout.split("\0") if name and (root / name).is_file()]


# ------------------------------------------------------------------ style and types


@pytest.mark.parametrize(
    "check",
    [("ruff", "check"), ("ruff", "format", "--check"), ("mypy", "--strict")],
    ids=" ".join,
)
def test_checks_run_clean(check: Sequence[str], root: Path, run: Run) -> None:
    done = run(sys.executable, "-m", *check, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_are_short(root: Path) -> None:
    lengths = {
        path.relative_to(root).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in sorted((root / "drafter").rglob("*.py"))
    }
    too_long = [f"{name}: {length} lines" for name, length in lengths.items() if length > LONGEST_MODULE]
    assert not too_long, f"longer than {LONGEST_MODULE} lines:\n" + "\n".join(too_long)


# ------------------------------------------------------------------ layers


def part_of(path: str) -> str:
    """The part of drafter/ that a module belongs to: `write/body.py` → write, `cli.py` → cli."""
    return path.partition("/")[0].removesuffix(".py")


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a module imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def imported_part(name: str, parts: set[str]) -> str | None:
    """The part of drafter/ that an import names; None where it is not drafter's."""
    first, _, rest = name.partition(".")
    if first != "drafter":
        return None
    part = rest.split(".")[0]
    return part if part in parts else "__init__"


def test_imports_go_down_only(modules: dict[str, ast.Module]) -> None:
    row = {part: number for number, parts in enumerate(LAYERS) for part in parts}
    parts = {part_of(path) for path in modules}
    wrong = [f"drafter/{part}: has no row in LAYERS" for part in sorted(parts - set(row))]
    for path, tree in modules.items():
        importer = part_of(path)
        for line, name in imports(tree):
            if name.startswith("."):
                wrong.append(f"drafter/{path}:{line}: write the import in full, from drafter")
            imported = imported_part(name, parts)
            if imported is None or imported == importer or not {imported, importer} <= set(row):
                continue
            if row[imported] >= row[importer]:
                wrong.append(f"drafter/{path}:{line}: {importer} must not import {imported}")
    assert not wrong, "\n".join(wrong)


def test_libraries_stay_where_they_belong(modules: dict[str, ast.Module]) -> None:
    wrong = [
        f"drafter/{path}:{line}: {name} belongs in {', '.join(LIBRARIES[library])}"
        for path, tree in modules.items()
        for line, name in imports(tree)
        if (library := name.split(".")[0]) in LIBRARIES and part_of(path) not in LIBRARIES[library]
    ]
    assert not wrong, "\n".join(wrong)


def test_help_is_light(run: Run) -> None:
    code = """
import sys
from drafter.cli import main
sys.argv = ["drafter", "--help"]
try:
    main()
except SystemExit as end:
    heavy = sorted({"docx", "jinja2", "pydantic"} & set(sys.modules))
    sys.exit(f"--help imports {heavy}" if heavy else end.code)
"""
    done = run(sys.executable, "-c", code)
    assert done.returncode == 0, done.stderr
    assert "build" in done.stdout


# ------------------------------------------------------------------ words


def family_ids(root: Path) -> set[str]:
    """The ids of all families, those of the tests included."""
    catalogs = [root / "catalog", *(root / "tests" / "families").glob("*/catalog")]
    folders = {path.name for catalog in catalogs for path in catalog.iterdir() if path.is_dir()}
    return folders - {"common", "schema"}


def test_the_code_knows_no_family(root: Path) -> None:
    ids = sorted(family_ids(root))
    assert ids
    named = re.compile(rf"(?<![\w-])(?:{'|'.join(ids)})(?![\w-])|{'|'.join(FAMILY_WORDS)}")
    wrong = [
        f"{path.relative_to(root).as_posix()}:{number}: {found.group()}"
        for path in sorted((root / "drafter").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (found := named.search(line))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_sentence_of_a_real_plan(root: Path, plans: Path, tracked: list[Path], run: Run) -> None:
    assert tracked, "git lists no file: nothing would be compared"
    done = run(sys.executable, root / "tests" / "tools" / "copycheck.py", root, plans, "--run", "30")
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_speaks_of_the_workplace(root: Path, tracked: list[Path]) -> None:
    wrong = []
    for path in tracked:
        name = path.relative_to(root).as_posix()
        if name in WORKPLACE_EXEMPT:
            continue
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            if found := WORKPLACE.search(line):
                wrong.append(f"{name}:{number}: {found.group()}")
    assert not wrong, "\n".join(wrong)


# ------------------------------------------------------------------ files that follow from others, files for people


@pytest.mark.parametrize("kind", ["catalog", "profile", "pack"])
def test_schemas_are_those_of_the_model(kind: str, root: Path, run_drafter: Run) -> None:
    printed = run_drafter("schema", kind)
    assert printed.returncode == 0, printed.stderr
    stored = (root / "catalog" / "schema" / f"{kind}.json").read_text(encoding="utf-8")
    assert printed.stdout == stored, f"run: drafter schema {kind} > catalog/schema/{kind}.json"


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "NOTICE"])
def test_papers_are_there(name: str, root: Path) -> None:
    path = root / name
    assert path.is_file(), f"{name} is missing"
    assert path.read_text(encoding="utf-8").strip(), f"{name} is empty"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", ".ci/run"])
def test_one_test_command(name: str, root: Path) -> None:
    assert TEST_COMMAND in (root / name).read_text(encoding="utf-8"), f"{name}: {TEST_COMMAND}"
