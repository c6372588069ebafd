"""Who issues papers, and to whom: bodies and what lies below a place."""

from typing import Literal, Self

from pydantic import Field, model_validator

from drafter.model.values import Entry, Line, Slug, Text
from drafter.model.words import Tier


class IssuerAt(Entry):
    """What an issuing body of one level has other than the county's."""

    addressees: Line = ""
    copy_to: tuple[tuple[Text, ...], ...] | None = None


class IssuerType(Entry):
    """A kind of issuing body: name, wording, addressees, printer (PRACTICE 9). Placeholders as in OrganNames.

    `name` empty: asked. `refused`: why papers of this kind are not made; then nothing else is needed.
    """

    id: Slug
    title: Text
    name: Line = ""
    head: Line = Field("", description="发文机关标志；{issuer} 发文机关名称")
    authority: Line = Field("", description="默认经谁同意；留空则通知不写经何程序同意")
    wording: Line = Field("", description="印发通知的正文；{title} 方案名")
    approved: Line = Field("", description="写明经何程序同意时的通知正文；{approval} 程序")
    printer: Line = Field("", description="印发机关；{issuer} 发文机关名称")
    addressees: Line = ""
    copy_to: tuple[tuple[Text, ...], ...] = ()
    levels: dict[Tier, IssuerAt] = Field({}, description="各层级与县级不同之处")
    usual: tuple[Tier, ...] = Field((), description="哪些层级默认用这种机关发文")
    sovereign: bool = Field(False, description="自身即审批机关，不写经本级同意")
    consent: bool = Field(False, description="向下级政府行文须写明经政府同意")
    refused: Line = Field("", description="不受理的理由")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needed = (self.head, self.wording, self.printer, self.addressees)
        if not self.refused and not all(needed):
            raise ValueError(f"发文机关“{self.id}”缺 head、wording、printer 或 addressees")
        return self


class Division(Entry):
    """A kind of unit below the place: who governs it, and what it calls its villages (PRACTICE 12)."""

    name: Text
    government: Text
    village: Line = ""
    provinces: tuple[Text, ...] = Field((), description="只有这些省级地方有；不写就是各地都可能有")

    @property
    def id(self) -> str:
        """Its name is its id."""
        return self.name


class IssuersFile(Entry):
    """common/issuers.yaml."""

    format: Literal["issuers/1"]
    issuers: tuple[IssuerType, ...] = ()
    divisions: tuple[Division, ...] = ()
