"""What a rule is given: the design as texts with their parts, what is filed, and the profile."""

from dataclasses import dataclass, field
from functools import cached_property

from certgen.standards.wording_matches import Match, Names, matches
from verify.design.art import ForbiddenArt
from verify.design.below import broken_lines
from verify.design.design import Channel, Design
from verify.design.filing import Filing, names_of
from verify.design.parts import Parts, parts_of
from verify.design.profiles import Profile
from verify.design.texts import Text, texts_of


@dataclass(frozen=True)
class Case:
    """One design to be checked."""

    design: Design
    profile: Profile
    filing: Filing | None = None
    art: tuple[ForbiddenArt, ...] = field(default=())  # pictures that a reviewer forbids

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """All texts, shown and hidden."""
        return tuple(texts_of(self.design))

    @cached_property
    def shown(self) -> tuple[Text, ...]:
        """What an eye finds on the pages."""
        return tuple(text for text in self.texts if text.on_page and not text.hidden)

    @cached_property
    def broken_lines(self) -> tuple[Text, ...]:
        """Pairs of short lines under each other that may be one word, broken in two."""
        return tuple(broken_lines(self.shown))

    @cached_property
    def parts(self) -> Parts:
        """What each text is: title, body, label, value, seal."""
        return parts_of(self.shown, self.filing)

    @cached_property
    def names(self) -> Names:
        """What the wording rules exempt: as filed, and the holders that the design itself shows."""
        return names_of(self.filing, self.parts.holders)

    def matches(self, text: Text) -> tuple[Match, ...]:
        """The restricted wording of one text."""
        return matches(text.text, self.names)

    @property
    def fully_read(self) -> bool:
        """Whether all text could be read: only then does absence mean anything."""
        if any(problem.reason not in _TEXT_WAS_READ for problem in self.design.undecided):
            return False
        return not any(text.channel is Channel.OCR for text in self.shown)


_TEXT_WAS_READ = {"seal-text", "text-on-path", "foreign-object", "no-geometry", "converted"}
"""Reasons of `Undecided` that leave no text of the form unread."""
