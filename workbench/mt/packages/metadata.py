"""The metadata of a package, from its metadata.json and from the index."""

import re
from dataclasses import dataclass

from workbench.mt import codes

_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Metadata:
    """A package's languages, by code and by name, and its version."""

    from_code: str
    to_code: str
    version: str
    from_name: str
    to_name: str

    @property
    def pair(self) -> tuple[str, str]:
        return self.from_code, self.to_code

    @property
    def source_language(self) -> str:
        """The BCP 47 tag of the language it translates from."""
        return codes.tag(self.from_code)

    @property
    def target_language(self) -> str:
        """The BCP 47 tag of the language it translates to."""
        return codes.tag(self.to_code)

    @property
    def version_numbers(self) -> list[int]:
        """The version as numbers, to be compared: 1.10 is newer than 1.9."""
        return [int(number) for number in re.findall(r"\d+", self.version)]


def parse(value: object) -> Metadata | None:
    """Returns the metadata in a value read from JSON; None where it is not that of a translation package."""
    if not isinstance(value, dict) or value.get("type", "translate") != "translate":
        return None
    from_code, to_code = value.get("from_code"), value.get("to_code")
    if not (_is_code(from_code) and _is_code(to_code)) or from_code == to_code:
        return None
    version, from_name, to_name = (str(value.get(key) or "") for key in ("package_version", "from_name", "to_name"))
    return Metadata(str(from_code), str(to_code), version, from_name or str(from_code), to_name or str(to_code))


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None
