"""What the wizard knows: the profile as plain data, the catalog that it draws on, the plans that were read."""

import copy
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from drafter.errors import InputError
from drafter.load import Layer, family_for, family_titles, layers, load_catalog, load_pack, pack_titles
from drafter.model.catalog import Catalog, Parameter
from drafter.model.pack import Pack
from drafter.model.plan import PlaceWords
from drafter.model.profile import PlaceEntry
from drafter.model.values import PeriodEntry, years
from drafter.places import located, place_words
from drafter.propose import Proposal, propose
from drafter.roles import Roles
from drafter.wizard.question import Answer
from drafter.yaml_tree import Tree

if TYPE_CHECKING:
    from drafter.outline import Outline


class Folders(Struct, frozen=True):
    """Where catalogs and templates come from: beside the profile, and what options name."""

    beside: Path
    catalog: Path | None = None
    templates: Path | None = None


class State(Struct, dict=True):
    """The profile in the making. `data` is what the file shall hold; `later`: questions that were left for later.

    `fresh`: the wizard has not been through this profile yet. `given`: answers from options and files, by question.
    `today`: the day of the run. `noted`: what an answer brought up and the next questions need. `tell`: shows what takes a while.
    """

    path: Path
    folders: Folders
    data: dict[str, Any]
    today: date
    fresh: bool = True
    given: Mapping[str, Answer] = field(default_factory=dict)
    later: list[str] = field(default_factory=list)
    noted: dict[str, str] = field(default_factory=dict)
    tell: Callable[[str], None] = lambda _: None

    # -------------------------------------------------------------- the profile

    def get(self, path: str) -> Any:
        """The value at a dotted path; None where there is none."""
        here: Any = self.data
        for step in path.split("."):
            here = here.get(step) if isinstance(here, dict) else None
        return here

    def has(self, path: str) -> bool:
        """Whether the profile holds a value at a dotted path, an empty list among them."""
        return self.get(path) not in (None, "")

    def set(self, path: str, value: Any) -> None:
        """Put a value at a dotted path."""
        *steps, last = path.split(".")
        here = self.data
        for step in steps:
            if not isinstance(here.get(step), dict):
                here[step] = {}
            here = here[step]
        here[last] = value

    def entries(self, key: str) -> list[dict[str, Any]]:
        """A list of entries of the profile, to read or to add to."""
        if not isinstance(self.data.get(key), list):
            self.data[key] = []
        made: list[dict[str, Any]] = self.data[key]
        return made

    def parent(self, name: str) -> dict[str, Any] | None:
        """The entry of a parent plan."""
        return next((each for each in self.data.get("parents") or [] if each.get("id") == name), None)

    def snapshot(self) -> tuple[dict[str, Any], list[str], dict[str, str]]:
        """What `restore` needs to come back to this point."""
        return copy.deepcopy(self.data), list(self.later), dict(self.noted)

    def restore(self, held: tuple[dict[str, Any], list[str], dict[str, str]]) -> None:
        """Back to a snapshot."""
        self.data, self.later, self.noted = copy.deepcopy(held[0]), list(held[1]), dict(held[2])

    # -------------------------------------------------------------- the catalog

    def families(self) -> dict[str, str]:
        """The kinds of plan that there are: id → title."""
        return family_titles(self._layers("catalog"))

    def parents_family(self) -> str | None:
        """The kind that the first plan given as a parent is of, where its title tells."""
        files = self.given.get("parent") or ()
        for file in files if isinstance(files, tuple) else (str(files),):
            try:
                title = self.outline(str(file)).meta.title or ""
            except InputError:
                # It is told when the question for parent plans comes to it.
                continue
            return family_for(self._layers("catalog"), title) if title else None
        return None

    def usual_family(self) -> str | None:
        """The kind that is meant where nobody says which."""
        return family_for(self._layers("catalog"))

    def _layers(self, kind: str) -> tuple[Layer, ...]:
        given = self.folders.catalog if kind == "catalog" else self.folders.templates
        return layers(kind, self.folders.beside, given)

    @cached_property
    def _packs(self) -> Mapping[str, tuple[str, str | None]]:
        return pack_titles(self._layers("templates"))

    def packs(self) -> dict[str, str]:
        """The packs for the chosen family: id → title."""
        fitting = (None, self.data.get("family"))
        return {name: title for name, (title, family) in self._packs.items() if family in fitting}

    @cached_property
    def catalog(self) -> Catalog:
        """The catalog of the chosen family; InputError with every problem in it."""
        catalog, findings = load_catalog(str(self.data.get("family")), self._layers("catalog"))
        if catalog is None:
            raise InputError(findings)
        return catalog

    @cached_property
    def pack(self) -> Pack:
        """The chosen pack; InputError with every problem in it."""
        pack, _, _, findings = load_pack(str(self.data.get("pack")), self._layers("templates"))
        if pack is None:
            raise InputError(findings)
        return pack

    @cached_property
    def roles(self) -> Roles:
        """What units serve, by their names."""
        return Roles(self.catalog.organs)

    def parameters(self) -> list[Parameter]:
        """What family, pack and narrative ask of the county."""
        narrative = [each for entry in self.catalog.narrative.values() for each in entry.parameters]
        return [*self.catalog.family.parameters, *self.pack.parameters, *narrative]

    # -------------------------------------------------------------- the place

    def place(self) -> PlaceEntry | None:
        """The place with its parents; None while it is unknown or ambiguous."""
        given = self.data.get("place")
        if not given:
            return None
        entry = PlaceEntry.model_validate({"name": given} if isinstance(given, str) else given)
        found, wrong = located(entry, Tree({}))
        return None if wrong else found

    def words(self) -> PlaceWords | None:
        """How the paper speaks of its place; None while that is unknown."""
        place = self.place()
        if place is None:
            return None
        # What lies below may still be open: the other words do not wait for it.
        known = place if place.divisions else place.model_copy(update={"divisions": ("乡镇",)})
        return place_words(known, self.catalog.divisions, Tree({}))[0]

    def period(self) -> PeriodEntry | None:
        """The planning period; None while it is open or one of its years is missing."""
        try:
            return PeriodEntry.model_validate(years(self.data.get("period")))
        except ValueError:
            return None

    # -------------------------------------------------------------- plans that were read

    @cached_property
    def _read(self) -> dict[Path, "Outline | InputError"]:
        return {}

    def outline(self, file: str | Path) -> "Outline":
        """The outline of a plan, read once. Raises InputError where it cannot be read."""
        path = self.folders.beside / Path(file).expanduser()
        if path not in self._read:
            from drafter.outline import outline  # noqa: PLC0415
            from drafter.read import read  # noqa: PLC0415

            self.tell(f"正在读《{path.name}》……")
            try:
                self._read[path] = outline(read(path))
            except InputError as bad:
                self._read[path] = bad
        made = self._read[path]
        if isinstance(made, InputError):
            raise made
        return made

    def driver(self) -> tuple[str, "Outline"] | None:
        """The parent whose items the draft answers: the nearest one with a file."""
        withfile = [each for each in self.data.get("parents") or [] if each.get("file")]
        if not withfile:
            return None
        try:
            return withfile[-1]["id"], self.outline(withfile[-1]["file"])
        except InputError:
            return None

    @cached_property
    def _proposed(self) -> dict[tuple[str, tuple[str, ...]], tuple[Proposal, ...]]:
        return {}

    def proposals(self) -> tuple[Proposal, ...]:
        """What is proposed for each item of the driving parent."""
        driver = self.driver()
        if driver is None:
            return ()
        features = tuple(self.data.get("features") or ())
        key = (f"{driver[0]}:{(self.parent(driver[0]) or {}).get('file')}", features)
        if key not in self._proposed:
            self.tell(f"正在逐条对照目录的 {len(self.catalog.measures)} 条举措……")
            self._proposed[key] = propose(driver[1], self.catalog, features)
        return self._proposed[key]
