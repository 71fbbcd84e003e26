"""示范文本: a form filled with the vocabulary's example values, marked 样表."""

from collections.abc import Mapping

from hall.content.models import Fact, Form
from hall.documents.blocks import Layout
from hall.documents.layout import SAMPLE, layout_of
from hall.journey.answers import parse_answers
from hall.journey.publicity import optional_facts
from hall.journey.samples import sample_data


def sample_layout(form: Form, facts: Mapping[str, Fact]) -> Layout:
    """The form as a person would fill it in; every other optional fact is published, so that both marks are seen."""
    values = parse_answers(facts, sample_data(facts, form))
    publish = optional_facts(form)[::2]
    return layout_of(form, facts, values, publish=publish, watermark=SAMPLE)
