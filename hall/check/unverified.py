"""What nobody of the authority has verified yet, the weightiest first: the list that an official works off."""

from dataclasses import dataclass

from hall.content.models import Guide, Pack

_CONFIDENCE = {"low": 3, "medium": 2, "high": 0}
_KINDS = {"registration": 3, "licence": 3, "annual-report": 3, "filing": 2, "credit": 2}


@dataclass(frozen=True)
class Unverified:
    """One guide: what of it rests on no recorded verification, and how much hangs on it."""

    guide: str
    title: str
    confidence: str
    claims: tuple[str, ...]
    verified: int
    weight: int


def unverified(pack: Pack) -> tuple[Unverified, ...]:
    """The guides with something to verify, by consequence: unsure ones, decisions, and what is submitted, first."""
    rows = (_of(pack, guide) for guide in pack.guides.values())
    return tuple(sorted((row for row in rows if row.claims), key=lambda row: (-row.weight, row.guide)))


def _of(pack: Pack, guide: Guide) -> Unverified:
    said = " ".join(claim.claim for claim in guide.reviewed)
    claims = tuple(claim for claim in _claims(pack, guide) if claim.split("：")[0] not in said)
    submits = bool(guide.submits or guide.stages)
    weight = _CONFIDENCE[guide.confidence] * 10 + _KINDS.get(guide.kind, 1) * 3 + 2 * submits + len(claims)
    return Unverified(guide.id, guide.title, guide.confidence, claims, len(guide.reviewed), weight)


def _claims(pack: Pack, guide: Guide) -> tuple[str, ...]:
    """What a reader relies on, in the words under which it is verified."""
    laws = [pack.laws[basis.law] for basis in guide.basis if basis.law in pack.laws]
    found = [
        f"依据：{'、'.join(law.name for law in laws)}" if laws else "",
        f"材料：{len(guide.materials)} 项" if guide.materials else "",
        "时限：已写" if guide.time_limit else "时限：没有写" if guide.submits else "",
        "收费：已写" if guide.fee else "",
        *(f"现行有效：{law.name}" for law in laws if law.check),
    ]
    return tuple(each for each in found if each)
