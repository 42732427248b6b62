"""A real Valkey."""

from collections.abc import Iterator

import pytest
import valkey
import watching

from labs.kit.stack import NotReady, Valkey

stack_folder = watching.stack_folder


@pytest.fixture(scope="module")
def cache() -> Iterator[Valkey]:
    with Valkey() as cache:
        yield cache


def test_what_is_set_is_got_as_text(cache: Valkey):
    client = cache.client()

    client.set("fare", "12.50")

    assert client.get("fare") == "12.50"


def test_its_url_leads_any_client_to_it(cache: Valkey):
    assert valkey.Valkey.from_url(cache.url).ping()


def test_who_does_not_know_the_password_is_refused(cache: Valkey):
    with pytest.raises(valkey.AuthenticationError):
        valkey.Valkey(port=cache.port).ping()


def test_two_never_meet(cache: Valkey):
    with Valkey() as other:
        cache.client().set("here", "yes")

        assert other.client().get("here") is None


def test_settings_are_those_of_valkey_conf():
    with Valkey({"maxmemory": "10mb", "maxmemory-policy": "allkeys-lru"}) as cache:
        found = cache.client().config_get("maxmemory*")

    assert found["maxmemory"] == "10485760"
    assert found["maxmemory-policy"] == "allkeys-lru"


@pytest.mark.usefixtures("stack_folder")
def test_a_setting_that_it_refuses_is_said_in_its_own_words():
    with pytest.raises(NotReady, match=r"'maxmemory \"many\"'\n +argument must be a memory value"):
        Valkey({"maxmemory": "many"}).start()


def test_it_can_be_made_slow(cache: Valkey):
    assert cache.client().execute_command("DEBUG", "SLEEP", "0") == "OK"
