"""A page that fails shows a number and no traceback; the log has both."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hall.logs import configure


def test_a_failure_is_told_by_its_number(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure()

    def script() -> None:
        from hall.serve import _tell_error

        try:
            raise RuntimeError("secret detail")
        except RuntimeError as error:
            assert _tell_error(error) is True  # Streamlit then shows nothing of its own

    app = AppTest.from_function(script, default_timeout=30).run()
    said = app.error[0].value
    number = said.split("编号 ")[1].split("）")[0]
    assert len(number) == 8 and "secret detail" not in said and not app.exception
    logged = capsys.readouterr().err
    assert number in logged and "secret detail" in logged
