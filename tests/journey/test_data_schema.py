"""The schema of a form's data accepts what the form takes: every form's own example, at its plainest and largest."""

import json

import jsonschema
import pytest

from hall.content.values import to_json
from hall.journey.data_schema import data_schema
from hall.journey.samples import sample_data
from hall.library import library

PACK = library().pack()


@pytest.mark.parametrize("form_id", sorted(PACK.forms))
def test_a_forms_example_fits_its_schema(form_id: str) -> None:
    form = PACK.forms[form_id]
    schema = data_schema(form, PACK.facts)
    jsonschema.Draft202012Validator.check_schema(schema)
    for largest in (False, True):
        data = json.loads(json.dumps(sample_data(PACK.facts, form, largest), default=to_json))
        jsonschema.validate(data, schema)
