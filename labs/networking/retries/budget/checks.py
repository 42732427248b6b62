"""A real Envoy with the answer's configuration, before a provider that fails in every way."""

from pathlib import Path
from runpy import run_path

from labs.kit.check import Failed, equal, fixture, needs, within
from labs.kit.trouble import Trouble

tools = run_path(str(Path(__file__).parents[1] / "data" / "provider.py"))
RETRIES = "cluster.payments.upstream_rq_retry"


@fixture
def provider():
    with tools["provider"]() as provider:
        yield provider


@fixture
def edge(solution, envoy, provider):
    """The running Envoy. One that does not start, or has no such listener, fails every check."""
    try:
        started = envoy(solution.replace("9000", str(provider.port)))
        started.port("edge")
    except Trouble as wrong:
        if "is not installed" in str(wrong):
            raise
        said = str(wrong).partition("\n")[0]
        raise Failed(
            "Envoy, with this configuration", "it starts", said, symptom="refused"
        ) from None
    return started


def tries_a_refused_payment_once_more(edge, provider):
    """A request that is answered with 503 is sent once more, and no answer twice."""
    asked = {path: tools["ask"](edge.port("edge"), path) for path in ("/200", "/once", "/503")}
    sent = {path: len(provider.heard[path]) for path in asked}
    equal((asked, sent), ({"/200": 200, "/once": 200, "/503": 503},
                          {"/200": 1, "/once": 2, "/503": 2}),
          what="what riders got, and how often each was sent")  # fmt: skip


def leaves_other_failures_alone(edge, provider):
    """Other answers are passed on, and a request whose connection broke is not sent again."""
    paths = ("/400", "/404", "/429", "/500", "/502", "/504", "/drop")
    for path in paths:
        tools["ask"](edge.port("edge"), path)
    again = [path for path in paths if len(provider.heard[path]) != 1]
    equal(again, [], what="sent again, out of " + ", ".join(paths))


@needs("tries_a_refused_payment_once_more")
def spends_one_second_on_all_tries(edge, provider):
    """Envoy gives the first try 1 s, and the second what is left of it."""
    # Envoy's pause before a retry is drawn from 0 to 25 ms: it may be none.
    tools["ask"](edge.port("edge"), "/late")
    first, second = (
        int(heard.get("x-envoy-expected-rq-timeout-ms", 0)) for heard in provider.heard["/late"]
    )
    left = "less" if second < first else "as much"
    equal((first, left), (1000, "less"), what="ms for the first try, and for the second")


@needs("tries_a_refused_payment_once_more")
def keeps_retries_to_a_fifth(edge, provider):
    """Of 40 requests that fail in one moment, about a fifth of those under way are sent again."""
    sent_again = tools["fail_together"](edge.port("edge"), provider)
    within(sent_again, 5, 8, what="retries at once, of 40 requests that fail in one moment")


def tries_a_refused_connection_once_more(edge, provider):
    """A connection that is refused is tried once more."""
    before = edge.stat(RETRIES)
    provider.refuse()
    tools["ask"](edge.port("edge"), "/200")
    tries = edge.stat(RETRIES) - before
    equal(tries, 1, what="retries of a request whose connection was refused")
