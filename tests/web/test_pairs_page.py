"""Pairing up in a real browser: propose, accept, reject, correct, by mouse, by keyboard and without script."""

import re
import time
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Browser, Error, Locator, Page, Route, expect

from tests.accessibility import Scheme, assert_accessible
from workbench.desk import Desk
from workbench.services import article_pairing
from workbench.stores.jobs import JobState as JobState
from workbench.stores.pair_proposals import PairFilter, ProposalState

WANTED = PairFilter("en", "zh-Hans")
CATALYST = "New Catalyst May Cut the Cost of Green Hydrogen by One-Third"


@pytest.fixture
def proposed(desk_path: Path) -> int:
    """The demonstration desk has six pairs that are not made yet: all of them proposed."""
    with Desk.open(desk_path, user="Li") as desk:
        return article_pairing.propose(desk, WANTED)


def rows(page: Page) -> Locator:
    return page.locator(".pairs tbody")


def button(page: Page, number: int, name: str) -> Locator:
    return rows(page).nth(number).get_by_role("button", name=re.compile(f"^{name}"))


def states(desk_path: Path) -> dict[ProposalState, int]:
    with Desk.open(desk_path) as desk:
        return {
            ProposalState.OPEN: len(desk.proposals.open(WANTED)),
            **{
                state: len(desk.proposals.decided(state, 99))
                for state in (ProposalState.ACCEPTED, ProposalState.REJECTED)
            },
        }


def aligned(page: Page, count: int) -> None:
    expect(page.locator("#accepted-pairs").get_by_role("link", name=re.compile("^Alignment"))).to_have_count(
        count, timeout=0
    )


def test_pairs_are_proposed_and_accepted(english: Page, url: str, desk_path: Path):
    english.goto(url)
    english.get_by_role("link", name="Pairs", exact=True).click()
    expect(english.locator("main")).to_contain_text("Not yet paired: 6 in English, 7 in Simplified Chinese.")
    english.get_by_role("button", name="Propose pairs").click()
    expect(rows(english)).to_have_count(6, timeout=0)
    expect(english.locator("#alone ~ .sides")).to_contain_text("致青年科技工作者的一封信")
    catalyst = rows(english).filter(has_text=CATALYST)
    expect(catalyst).to_contain_text("新型催化剂有望使绿氢成本降低三分之一")
    expect(catalyst).to_contain_text("2025-12-05")
    expect(catalyst.locator(".score")).to_have_attribute("data-band", "good")
    catalyst.get_by_text("Both openings").click()
    expect(catalyst.locator(".sides")).to_contain_text("iron-nickel catalyst")
    catalyst.get_by_role("button", name="Accept").click()
    expect(catalyst).to_contain_text("Accepted")
    aligned(english, 1)
    english.locator("#accepted-pairs").get_by_role("link", name="Alignment").click()
    expect(english.locator("h1")).to_have_text(CATALYST)
    expect(english.locator(".alignment .shape").first).to_have_text("1–1")


def test_a_reload_loses_nothing(english: Page, url: str, proposed: int):
    english.goto(f"{url}/pairs/")
    button(english, 0, "Reject").click()
    expect(rows(english).first).to_contain_text("Rejected")
    english.reload()
    expect(rows(english)).to_have_count(5)
    expect(english.locator(".rejected summary")).to_have_text("Rejected (1)")


def test_by_keyboard_alone(english: Page, url: str, desk_path: Path, proposed: int):
    english.goto(f"{url}/pairs/")
    button(english, 0, "Accept").focus()
    keys = english.keyboard
    for key, here in (("ArrowDown", 1), ("j", 2), ("k", 1), ("End", 5), ("Home", 0), ("ArrowUp", 0)):
        keys.press(key)
        expect(button(english, here, "Accept")).to_be_focused()
    keys.press("o")
    expect(rows(english).nth(0).locator("details")).to_have_attribute("open", "")
    keys.press("Enter")
    expect(button(english, 1, "Accept")).to_be_focused()
    keys.press("x")
    expect(button(english, 2, "Accept")).to_be_focused()
    keys.press("Delete")
    expect(button(english, 3, "Accept")).to_be_focused()
    expect(english.locator("#announcement")).to_contain_text("Rejected")
    assert states(desk_path) == {ProposalState.OPEN: 3, ProposalState.ACCEPTED: 1, ProposalState.REJECTED: 2}
    expect(english.locator("#count")).to_have_text("3")
    button(english, 1, "Withdraw rejection").press("Enter")
    expect(button(english, 1, "Accept")).to_be_focused()
    keys.press("c")
    expect(english.get_by_role("heading", level=1)).to_have_text("Choose the counterpart")


def test_keys_are_the_table_s_only_while_it_has_the_focus(english: Page, url: str, desk_path: Path, proposed: int):
    english.goto(f"{url}/pairs/")
    english.get_by_label("Containing text").focus()
    english.keyboard.type("xjk")
    expect(english.get_by_label("Containing text")).to_have_value("xjk")
    english.locator("h1").click()
    for key in ("x", "Delete", "j"):
        english.keyboard.press(key)
    assert states(desk_path)[ProposalState.OPEN] == 6


def test_keys_belong_to_an_input_method_that_composes(english: Page, url: str, desk_path: Path, proposed: int):
    english.goto(f"{url}/pairs/")
    button(english, 0, "Accept").focus()
    client = english.context.new_cdp_session(english)
    for key, code in (("x", "KeyX"), ("ArrowDown", "ArrowDown")):
        for kind in ("rawKeyDown", "keyUp"):
            event = {"type": kind, "key": key, "code": code, "windowsVirtualKeyCode": 229}
            client.send("Input.dispatchKeyEvent", event)
    expect(button(english, 0, "Accept")).to_be_focused()
    assert states(desk_path)[ProposalState.OPEN] == 6


def until_nothing_is_aligned(desk_path: Path) -> None:
    with Desk.open(desk_path) as desk:
        while desk.jobs.active():
            time.sleep(0.05)


def test_two_pairs_decided_one_after_the_other_are_both_shown(english: Page, url: str, desk_path: Path, proposed: int):
    """Also where the answer that knows of the first one alone comes late, and everything is aligned by then."""
    held: list[tuple[Route, APIResponse]] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            until_nothing_is_aligned(desk_path)
            held.append((route, route.fetch()))

    english.route("**/pairs/accepted*", hold_the_first)
    english.goto(f"{url}/pairs/")
    button(english, 0, "Accept").click()
    expect(button(english, 1, "Accept")).to_be_focused()
    button(english, 1, "Accept").click()
    expect(button(english, 2, "Accept")).to_be_focused()
    until_nothing_is_aligned(desk_path)
    route, response = held[0]
    # It may not be waited for any more.
    with suppress(Error):
        route.fulfill(response=response)
    expect(english.locator("#accepted-pairs tbody tr")).to_have_count(2)


def test_all_from_a_score_on_are_accepted(english: Page, url: str, desk_path: Path, proposed: int):
    english.goto(f"{url}/pairs/")
    english.get_by_role("button", name="Accept all with at least this score").click()
    expect(english.locator("#accepted-pairs tbody tr")).to_have_count(6)
    aligned(english, 6)
    with Desk.open(desk_path) as desk:
        assert len(desk.bitexts.all()) == 8
        assert {job.state for job in desk.jobs.recent(9)} == {JobState.DONE}


def test_a_pair_is_corrected(english: Page, url: str, desk_path: Path, proposed: int):
    english.goto(f"{url}/pairs/")
    rows(english).filter(has_text=CATALYST).get_by_role("link", name="Choose another").click()
    choices = english.locator("#choices li")
    expect(choices.first).to_contain_text("新型催化剂")
    expect(choices.first).to_contain_text("candidate")
    english.get_by_label("Containing text").press_sequentially("致青年科技", delay=20)
    expect(choices).to_have_count(1)
    choices.get_by_role("button", name="Pair with: 致青年科技工作者的一封信").click()
    expect(rows(english)).to_have_count(5)
    expect(english.locator("#accepted-pairs tbody tr")).to_contain_text("致青年科技工作者的一封信")
    expect(english.locator(".rejected")).to_contain_text(CATALYST)
    assert states(desk_path) == {ProposalState.OPEN: 5, ProposalState.ACCEPTED: 1, ProposalState.REJECTED: 1}


def test_a_pair_is_made_by_hand_from_the_target(english: Page, url: str, desk_path: Path):
    english.goto(f"{url}/pairs/")
    english.get_by_role("link", name="Pair manually: 新型催化剂有望使绿氢成本降低三分之一").click()
    english.get_by_role("button", name=f"Pair with: {CATALYST}").click()
    aligned(english, 1)
    with Desk.open(desk_path) as desk:
        bitext = desk.bitexts.all()[0]
    assert (bitext.title, bitext.source_language, bitext.target_language) == (CATALYST, "en", "zh-Hans")


def test_two_people_never_decide_twice(english: Page, chinese: Page, url: str, desk_path: Path, proposed: int):
    for page in (english, chinese):
        page.goto(f"{url}/pairs/")
    button(english, 0, "Accept").click()
    expect(rows(english).first).to_contain_text("Accepted")
    button(chinese, 0, "拒绝").click()
    expect(rows(chinese).first.get_by_role("alert")).to_have_text("其间有人接受了这个配对。")
    assert states(desk_path) == {ProposalState.OPEN: 5, ProposalState.ACCEPTED: 1, ProposalState.REJECTED: 0}


def test_the_lists_are_narrowed_down(english: Page, url: str, proposed: int):
    english.goto(f"{url}/pairs/")
    english.get_by_label("Containing text").fill("催化剂有望")
    english.get_by_role("button", name="Show").click()
    expect(rows(english)).to_have_count(1)
    expect(english.get_by_label("Containing text")).to_have_value("催化剂有望")
    english.get_by_label("Containing text").fill("")
    english.get_by_label("Imported since").fill("2999-01-01")
    english.get_by_role("button", name="Show").click()
    expect(english.locator("main")).to_contain_text("There are no proposed pairs.")


def test_one_language_is_refused_in_a_sentence(chinese: Page, url: str):
    chinese.goto(f"{url}/pairs/?source=en&target=en")
    chinese.get_by_role("button", name="自动配对").click()
    expect(chinese.get_by_role("alert")).to_have_text("同一语言的文章不能配对：请选择两种语言。")


def test_without_script(browser: Browser, url: str, desk_path: Path):
    context = browser.new_context(locale="en-US", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/pairs/")
    page.get_by_role("button", name="Propose pairs").click()
    # The page looks again by itself.
    expect(rows(page)).to_have_count(6, timeout=0)
    button(page, 0, "Accept").click()
    expect(rows(page)).to_have_count(5)
    button(page, 0, "Reject").click()
    expect(rows(page)).to_have_count(4)
    page.locator(".rejected summary").click()
    page.locator(".rejected").get_by_role("button", name="Withdraw rejection").click()
    expect(rows(page)).to_have_count(5)
    page.locator("#accepted-pairs tbody a").click()
    expect(page).to_have_url(re.compile(r"/jobs/\d+$|/alignment$"))
    context.close()
    assert states(desk_path) == {ProposalState.OPEN: 5, ProposalState.ACCEPTED: 1, ProposalState.REJECTED: 0}


def test_a_failed_alignment_is_said_and_taken_up_again(english: Page, url: str, desk_path: Path, proposed: int):
    with Desk.open(desk_path, user="Li") as desk:
        proposal = desk.proposals.accept(*_first(desk))
    english.goto(f"{url}/pairs/")
    accepted = english.locator("#accepted-pairs")
    expect(accepted).to_contain_text("not aligned")
    accepted.get_by_role("button", name="Align again").click()
    aligned(english, 1)
    with Desk.open(desk_path) as desk:
        assert desk.proposals.get(proposal.id).bitext is not None


def _first(desk: Desk) -> tuple[int, int]:
    proposal = desk.proposals.open(WANTED)[0]
    return proposal.source, proposal.target


@pytest.mark.parametrize(("locale", "scheme"), [("en-US", "light"), ("zh-CN", "dark")])
def test_the_pages_are_accessible(
    browser: Browser, url: str, desk_path: Path, proposed: int, scheme: Scheme, locale: str
):
    context = browser.new_context(locale=locale, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{url}/pairs/")
    page.locator(".pairs details summary").first.click()
    page.locator(".pairs button[value=reject]").nth(1).click()
    expect(page.locator(".pairs tbody[data-state=rejected]")).to_have_count(1)
    page.locator(".pairs button[value=accept]").nth(1).click()
    expect(page.locator("#accepted-pairs tbody tr")).to_have_count(1)
    assert_accessible(page)
    page.locator(".pairs a.choose").first.click()
    expect(page.locator("#choices")).to_be_visible()
    assert_accessible(page)
    context.close()
