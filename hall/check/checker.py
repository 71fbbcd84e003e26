"""Checks every definition of a pack, and again only those that a change can matter to."""

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from hall.check.dates import check_law_dates
from hall.check.halves import in_halves
from hall.check.links import check_aliases, check_successors
from hall.check.memo import Memo
from hall.check.merge import in_forms, in_parts, sound_facts, sound_guides
from hall.check.one import Bench, check_facts, check_form_file, check_guide, check_scenario_file
from hall.check.places import Places
from hall.check.proof import Result
from hall.check.references import Universe
from hall.check.referrals import Referrals
from hall.check.renamed import said_once
from hall.check.roles import asked_before
from hall.check.usage import Usage, check_rules
from hall.content.findings import Finding
from hall.content.load import Loader, collecting_nothing
from hall.content.models import Form, Guide, Pack, Scenario

_KINDS = ("guide", "part", "scenario", "form", "facts", "laws", "authorities")
Definition = Guide | Form | Scenario


class Checker:
    """Checks one content root; kept, it checks only what changed since the last time.

    `loader.overlay` may be set to texts that are being typed, by file. With `halves`, two processes do the
    work: for a checker that isn't kept.
    """

    def __init__(self, root: Path, overlay: Mapping[str, str] | None = None, halves: bool = False) -> None:
        self.loader = Loader(root, overlay)
        self.halves = halves
        self.pack = Pack()
        """What is sound, as of the last check."""
        self._memo, self._referrals, self._usage = Memo(), Referrals(), Usage()
        self._universe = Universe(Pack(), {})

    def check(self, on: date | None = None) -> set[Finding]:
        """Every finding. With a date, guides not in force on it are left out."""
        with collecting_nothing() if not self.loader.built else nullcontext():
            return self._check(on)

    def _check(self, on: date | None) -> set[Finding]:
        self.pack = self.loader.load()
        draft = self.loader.draft
        bench = Bench(self.loader.sources, self._ids(draft), on, self._memo)
        self._memo.begin(draft, asked_before(draft))
        facts = [check_facts(bench, file, built) for file, built in self.loader.built.items() if built.kind == "facts"]
        whole = draft.model_copy(update={"facts": sound_facts(draft.facts, facts)})
        if whole.facts is not draft.facts:
            self._memo.narrow(whole)
        results = [*facts, *self._each(bench, list(_definitions(whole, on)))]
        found = {*self.loader.findings, *in_parts(results), *in_forms(results)}
        found |= {finding for each in results for finding in each.findings}
        found |= self._over_all(whole, found, results)
        if any(each.code.startswith("unknown-") for each in found):
            sources = self.loader.sources
            found = said_once(found, sources, self._usage.names(sources), Places(sources))
        return found

    def _ids(self, pack: Pack) -> Universe:
        """Every id; the same object as long as they are the same, so that comparing costs nothing."""
        now = Universe(pack, {kind: self.loader.names(kind) for kind in _KINDS})
        if now != self._universe:
            self._universe = now
        return self._universe

    def _each(self, bench: Bench, things: list[Definition]) -> Iterator[Result]:
        def check(thing: Definition) -> list[Result]:
            if isinstance(thing, Guide):
                return check_guide(bench, thing)
            return check_form_file(bench, thing) if isinstance(thing, Form) else [check_scenario_file(bench, thing)]

        for results in in_halves(check, things) if self.halves else map(check, things):
            yield from results

    def _over_all(self, pack: Pack, found: set[Finding], results: list[Result]) -> set[Finding]:
        """What is wrong between definitions."""
        places = Places(self.loader.sources)
        more = {*check_law_dates(pack.laws, places), *check_successors(pack, places), *check_aliases(pack, places)}
        more |= {*check_rules(pack, places), *self._referrals.check(sound_guides(pack, self.pack, found), places)}
        if not any(finding.severity == "error" for finding in (*found, *more)):  # a misspelt name is no sign of disuse
            parts = frozenset(part for result in results for part in result.parts)
            more |= set(self._usage.check(pack, places, self.loader.sources, parts))
        return more


def _definitions(pack: Pack, on: date | None) -> Iterator[Definition]:
    yield from (guide for guide in pack.guides.values() if on is None or guide.in_force.contains(on))
    yield from pack.forms.values()
    yield from pack.scenarios.values()
