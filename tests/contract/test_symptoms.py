"""The page of symptoms: servers do say these words, and the first looks can be taken."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from symptoms import envoy, machine, postgresql, prometheuses, valkeys
from symptoms.services import until

from labs.kit.course import Course
from labs.kit.stack.initdb import program

TEXT = (Course().root / "docs" / "symptoms.md").read_text(encoding="utf-8")
SYSTEMS = {
    "Envoy": envoy,
    "PostgreSQL": postgresql,
    "Valkey": valkeys,
    "Prometheus": prometheuses,
    "Alertmanager": prometheuses,
    "Any program": machine,
}


def sections():
    """System, heading and text of each symptom."""
    for part in TEXT.split("\n## ")[1:]:
        system, *symptoms = part.split("\n### ")
        for symptom in symptoms:
            heading, _, text = symptom.partition("\n")
            yield system.partition("\n")[0], heading, text


SECTIONS = list(sections())
SPOKEN = [each for each in SECTIONS if each[0] == "In people's words"]
WRITTEN = [each for each in SECTIONS if each not in SPOKEN]


def codes(text):
    return re.findall(r"`([^`]+)`", text)


def of_system(system, *values):
    group = pytest.mark.xdist_group(f"symptoms of {SYSTEMS[system].__name__}")
    return pytest.param(system, *values, marks=group, id=f"{system}: {values[0]}")


@pytest.fixture(scope="module")
def servers():
    """`servers("Envoy")`: running from the first time that it is asked for."""
    started = {}
    blocks = []

    def server(system):
        module = SYSTEMS[system]
        if module not in started:
            blocks.append(module.running())
            started[module] = blocks[-1].__enter__()
        return started[module]

    yield server
    for block in reversed(blocks):
        block.__exit__(None, None, None)


@pytest.mark.parametrize(
    ("system", "words"),
    [of_system(system, words) for system, heading, _ in WRITTEN for words in codes(heading)],
)
def test_a_real_server_says_these_words(servers, system, words):
    assert words in SYSTEMS[system].SAID[words](servers(system))


def test_all_that_can_be_brought_about_is_on_the_page():
    known = {words for module in SYSTEMS.values() for words in module.SAID}

    assert known == {words for _, heading, _ in WRITTEN for words in codes(heading)}


@pytest.mark.parametrize(
    ("system", "command"),
    [
        of_system(system, command)
        for system, command in sorted(
            {(system, codes(text.partition("Look first: ")[2])[0]) for system, _, text in WRITTEN}
        )
    ],
)
def test_the_first_look_can_be_taken(servers, system, command):
    server = servers(system)
    assert until(lambda: taken(system, command, server)), command


def taken(system, command, server):
    """What a first look shows; Envoy updates its numbers when it is asked."""
    if system == "Valkey":
        tool, *words = command.split()
        return tool == "valkey-cli" and server.client().execute_command(*words)
    done = subprocess.run(
        ["sh", "-c", localised(system, command, server)],
        capture_output=True,
        text=True,
        cwd=files(system, server),
        env=environment(system, server),
        check=False,
    )
    fine = done.returncode == 0 and '"status":"error"' not in done.stdout
    return fine and done.stdout


def localised(system, command, server):
    ports = {
        "Envoy": {"localhost:9901": lambda: server.admin_port},
        "Prometheus": {"localhost:9090": lambda: server.port},
        "Alertmanager": {
            "localhost:9090": lambda: server.port,
            "localhost:9093": lambda: server.alertmanager.port,
        },
    }
    for place, port in ports.get(system, {}).items():
        if place in command:
            command = command.replace(place, f"127.0.0.1:{port()}")
    return command


def environment(system, server):
    if system != "PostgreSQL":
        return {**os.environ, "no_proxy": "127.0.0.1"}
    tools = Path(program("psql")).parent
    return {**server.main.environment(), "PATH": f"{tools}:{os.environ['PATH']}"}


def files(system, server):
    """A folder with the files that commands name."""
    if system == "Alertmanager":
        return server.alertmanager.folder
    return getattr(server, "folder", None)


@pytest.mark.parametrize(("heading", "text"), [each[1:] for each in SECTIONS])
def test_a_symptom_says_what_it_means_and_where_to_go_on(heading, text):
    meaning, _, rest = text.strip().partition("\n\n")

    assert len(meaning) > 40
    assert "Go on: " in rest
    assert "](" in rest.partition("Go on: ")[2]


@pytest.mark.parametrize(("heading", "text"), [each[1:] for each in SPOKEN])
def test_what_people_say_leads_to_a_runbook(heading, text):
    assert "](runbooks/" in text
