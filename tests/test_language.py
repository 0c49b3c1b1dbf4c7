"""Which language somebody's screen speaks: what is said to us, then what is said to the system, then bokmål."""

import pytest

from workbench.locale import user_language


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "nb"),
        ({"LANG": "C.UTF-8"}, "nb"),
        ({"LANG": "nb_NO.UTF-8"}, "nb"),
        ({"LANG": "nn_NO.UTF-8"}, "nb"),
        ({"LANG": "da_DK.UTF-8"}, "da"),
        ({"LANG": "da_DK.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "da_DK"}, "da"),
        ({"LANG": "fr_FR.UTF-8"}, "nb"),
        ({"LANG": "da_DK.UTF-8", "WORKBENCH_LANGUAGE": "en"}, "en"),
    ],
)
def test_the_environment_says_it_though_no_such_locale_is_installed(monkeypatch, environment, spoken):
    for name in ("WORKBENCH_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert user_language() == spoken
