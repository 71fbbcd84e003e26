"""The signed form of a receipt, which proves it without asking the hall."""

from hall.cases.receipts import sign_receipt
from hall.cases.tables import Submission
from hall.handoff.signing import key_id, receipt_keys
from hall.settings import settings


def proof_of(submission: Submission) -> str:
    """The receipt as a JSON Web Signature by the hall's key; the keys are at /.well-known/jwks.json."""
    key = receipt_keys()[0]
    return sign_receipt(submission.receipt, submission.sha256, submission.created_at, key, key_id(key.public_key()))


def proof_url(submission: Submission) -> str:
    """Where a receipt's QR code leads: the page that checks the number; the signature rides along, unsent."""
    return f"{settings().address}/r/{submission.receipt}#{proof_of(submission)}"
