"""Calculators in a browser: sliders, the plot, the link, and the same numbers as in Python."""

import re
from random import Random

import pytest

from labs.kit.site import calculators
from labs.kit.site.calculations import CALCULATIONS

PAGE = "calculators/"
every_calculation = pytest.mark.parametrize("asked", CALCULATIONS.values(), ids=lambda c: c.name)

COMPUTED = """
    async ([name, grid]) => {
      const assets = new URL("../assets/calculators/", location.href);
      const formulas = await import(new URL("formulas.js", assets));
      const { sentence } = await import(new URL("words.js", assets));
      const asked = JSON.parse(
        document.getElementById(`calculator-${name}`).dataset.calculation);
      return grid.map((values) => {
        const found = formulas[name](values);
        return { found, words: sentence(asked, values, found) };
      });
    }
"""


@pytest.fixture
def calculator(visit):
    """`calculator("retries", "?retries.layers=2")`: the page, the calculator, what was seen."""

    def open_one(name, query="", **options):
        page, seen = visit(PAGE + query, **options)
        section = page.locator(f"#calculator-{name}")
        section.locator("svg").wait_for()
        return page, section, seen

    return open_one


def grid(asked, count=300):
    """Values that the sliders have: all at their least, all at their most, and some between."""
    rng = Random(asked.name)
    chosen = [{each.name: each.default for each in asked.inputs}]
    chosen += [{each.name: each.least for each in asked.inputs}]
    chosen += [{each.name: each.most for each in asked.inputs}]
    for _ in range(count):
        chosen.append({each.name: slid(rng, each) for each in asked.inputs})
    return chosen


def slid(rng, each):
    steps = round((each.most - each.least) / each.step)
    # A third at each end, where formulas change their mind.
    step = rng.choice([0, steps, rng.randint(0, steps), rng.randint(0, min(steps, 20))])
    return round(each.least + step * each.step, 6)


@every_calculation
def test_browser_and_python_compute_the_same(calculator, asked):
    page, _, _ = calculator(asked.name)
    chosen = grid(asked)

    theirs = page.evaluate(COMPUTED, [asked.name, chosen])

    for values, their in zip(chosen, theirs, strict=True):
        ours = calculators.computed(asked, values)
        assert set(their["found"]) == set(ours)
        for name, value in ours.items():
            assert same(their["found"][name], value), (name, values)


def same(their, our):
    if our is None or isinstance(our, str):
        return their == our
    return their == pytest.approx(our, rel=1e-9, abs=1e-15)


@every_calculation
def test_browser_and_python_say_the_same(calculator, asked):
    page, section, _ = calculator(asked.name)
    chosen = grid(asked)

    theirs = page.evaluate(COMPUTED, [asked.name, chosen])

    for values, their in zip(chosen, theirs, strict=True):
        assert their["words"] == calculators.sentence(asked, values), values
    assert section.locator(".says").inner_text() == calculators.sentence(asked, chosen[0])


@every_calculation
def test_the_table_stays_what_the_site_was_built_with(calculator, visit, asked):
    still, _ = visit(PAGE, java_script_enabled=False)
    _, section, _ = calculator(asked.name)

    built = still.locator(f"#calculator-{asked.name} td").all_text_contents()
    assert section.locator("td").all_text_contents() == built


def test_a_slider_moves_with_the_keyboard(calculator):
    page, section, _ = calculator("retries")

    section.get_by_role("slider", name="Layers that retry").focus()
    page.keyboard.press("ArrowLeft")

    assert section.get_by_role("spinbutton", name="Layers that retry").input_value() == "2"
    assert "One request becomes 9 at the service" in section.locator(".says").inner_text()


def test_every_slider_is_reached_with_the_tab_key(calculator):
    page, section, _ = calculator("cache")
    sliders = section.get_by_role("slider")
    section.get_by_role("spinbutton").first.focus()

    for place in range(sliders.count()):
        page.keyboard.press("Tab")
        assert sliders.nth(place).evaluate("element => element === document.activeElement")
        page.keyboard.press("Tab")


def test_a_slider_says_its_value_with_its_unit(calculator):
    _, section, _ = calculator("timeouts")
    slider = section.get_by_role("slider", name="The caller waits")

    assert slider.get_attribute("aria-valuetext") == "3\xa0s"


def test_a_number_can_be_typed_and_is_brought_into_its_range_when_done(calculator):
    _, section, _ = calculator("retries")
    typed = section.get_by_role("spinbutton", name="Tries in each layer")

    typed.fill("100")
    typed.blur()

    assert typed.input_value() == "6"
    assert "One request becomes 216" in section.locator(".says").inner_text()


def test_an_empty_number_changes_nothing(calculator):
    _, section, seen = calculator("retries")
    typed = section.get_by_role("spinbutton", name="Tries in each layer")
    before = section.locator(".says").inner_text()

    typed.fill("")
    assert section.locator(".says").inner_text() == before
    typed.blur()

    assert typed.input_value() == "3"
    assert not seen.complaints


def test_the_plot_marks_the_value_and_is_drawn_again(calculator):
    _, section, _ = calculator("retries", "?retries.failing=50")
    point = section.locator(".here-point")
    before = point.get_attribute("cx")

    section.get_by_role("spinbutton", name="Sends that fail").fill("90")

    assert float(point.get_attribute("cx")) > float(before)
    assert section.locator(".here-label").text_content() == "9.42"


@every_calculation
def test_a_plot_is_an_image_that_the_sentence_describes(calculator, asked):
    page, section, _ = calculator(asked.name)
    image = section.get_by_role("img")

    assert image.get_attribute("aria-label") == asked.plot.title
    described = page.locator(f"#{image.get_attribute('aria-describedby')}")
    assert described.inner_text() == section.locator(".says").inner_text()


@every_calculation
@pytest.mark.parametrize("width", [390, 1280])
def test_a_plot_stays_in_its_frame_at_the_ends_of_all_sliders(calculator, asked, width):
    for end in ("least", "most"):
        query = "&".join(f"{asked.name}.{each.name}={getattr(each, end)}" for each in asked.inputs)
        page, section, seen = calculator(asked.name, f"?{query}", width=width)
        drawn = section.locator("svg").evaluate("svg => svg.outerHTML")

        assert not re.search("NaN|Infinity|undefined", drawn)
        assert not outside(section)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not seen.complaints


def outside(section):
    """Words and lines that reach over the edge of the plot by more than a pixel."""
    return section.locator("svg").evaluate(
        """svg => {
          const frame = svg.getBoundingClientRect();
          const out = (box) => box.left < frame.left - 1 || box.right > frame.right + 1
            || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
          return [...svg.children].filter((child) => out(child.getBoundingClientRect()))
            .map((child) => child.outerHTML);
        }"""
    )


def test_the_result_is_spoken_once_when_the_slider_rests(calculator):
    page, section, _ = calculator("retries")
    page.evaluate(
        """() => {
          window.spoken = [];
          const output = document.querySelector("#calculator-retries output");
          new MutationObserver(() => window.spoken.push(output.textContent))
            .observe(output, { childList: true, characterData: true, subtree: true });
        }"""
    )

    section.get_by_role("slider", name="Tries in each layer").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("window.spoken.length > 0")

    assert page.evaluate("window.spoken") == [section.locator(".says").inner_text()]
    assert section.locator("output").get_attribute("aria-live") == "polite"


def test_nothing_is_spoken_before_a_value_is_changed(calculator):
    _, section, _ = calculator("retries")

    assert section.locator("output").text_content() == ""


def test_a_link_carries_the_values(calculator, visit, site):
    page, section, _ = calculator("pool", permissions=["clipboard-read", "clipboard-write"])
    section.get_by_role("spinbutton", name="Connections of one instance").fill("9")
    section.get_by_role("button", name="Copy a link").click()
    section.get_by_text("Copied.").wait_for()

    link = page.evaluate("navigator.clipboard.readText()")
    again, _ = visit(link.removeprefix(site))

    restored = again.locator("#calculator-pool")
    restored.locator("svg").wait_for()
    assert restored.get_by_role("spinbutton", name="Connections of").input_value() == "9"
    assert restored.locator(".says").inner_text() == section.locator(".says").inner_text()
    assert page.url == link


def test_a_link_leads_to_its_calculator(calculator):
    page, section, _ = calculator("cache", "?cache.hit=90#calculator-cache")

    page.wait_for_function(
        """() => {
          const { top } = document.getElementById("calculator-cache").getBoundingClientRect();
          return top >= 0 && top < innerHeight / 2;
        }"""
    )
    assert section.get_by_role("spinbutton", name="good day").input_value() == "90"


def test_where_nothing_can_be_copied_the_address_has_the_values(calculator):
    page, section, _ = calculator("retries")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")

    section.get_by_role("button", name="Copy a link").click()
    section.get_by_text("The address of this page has them now.").wait_for()

    assert "retries.layers=3" in page.url


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("99", "5"),
        ("-1", "1"),
        ("2.4", "2"),
        ("1e400", "5"),
        ("three", "3"),
        ("", "3"),
        ("NaN", "3"),
        ("%3Cb%3E", "3"),
    ],
)
def test_nonsense_in_a_link_becomes_a_value_that_the_slider_has(calculator, given, taken):
    _, section, seen = calculator("retries", f"?retries.layers={given}")

    assert section.get_by_role("spinbutton", name="Layers").input_value() == taken
    assert section.get_by_role("slider", name="Layers").input_value() == taken
    assert not seen.complaints


def test_a_link_for_one_calculator_leaves_the_others_alone(calculator):
    _, section, _ = calculator("pool", "?retries.rate=10")

    assert section.get_by_role("spinbutton", name="Load on all").input_value() == "200"


def test_without_a_script_there_are_inputs_results_and_the_reason(visit):
    page, _ = visit(PAGE, java_script_enabled=False)

    for name, asked in CALCULATIONS.items():
        section = page.locator(f"#calculator-{name}")
        assert section.get_by_text("with JavaScript, there are sliders").is_visible()
        assert section.locator("table").is_visible()
        assert section.locator(".given dt").count() == len(asked.inputs)


def test_where_the_module_is_refused_the_table_stays_and_says_why(chromium, site):
    """As from file://, where a browser loads no module."""
    with chromium.new_context() as context:
        context.route("**/calculators/page.js", lambda route: route.abort())
        page = context.new_page()
        page.goto(site + PAGE)

        page.locator("#calculator-pool").get_by_text("from a web server").wait_for()
        assert page.locator("#calculator-pool table").is_visible()


def test_the_script_of_the_calculators_is_loaded_only_for_them(visit):
    page, _ = visit("networking/retries/")
    page.wait_for_load_state("networkidle")

    loaded = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert not [name for name in loaded if "calculators" in name]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_all_of_a_calculator(visit, scheme):
    page, _ = visit(PAGE, width=390, scheme=scheme)
    page.locator("#calculator-cache svg").wait_for()
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")

    wide = page.evaluate(
        """() => [...document.querySelectorAll(".calculator table, .calculator svg")]
             .filter((each) => each.getBoundingClientRect().right
               > each.closest(".calculator").getBoundingClientRect().right - 10)
             .map((each) => each.closest(".calculator").id)"""
    )
    assert wide == []
