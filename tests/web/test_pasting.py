"""What is pasted into a unit, in a real browser."""

from playwright.sync_api import Page, expect

from tests.present import present
from tests.web.test_editor import LETTER, saved, target, unit

# What is pasted, into which language, what arrives, and how many characters are left out.
CASES = [
    ("一行\r\n二行\n", "zh-Hans", "一行二行", 0),
    ("First line \n\n  second\tline", "en", "First line second line", 0),
    ("一行\nLIGO", "zh-Hans", "一行 LIGO", 0),
    ("\ufeff科\u200b学\u00ad家\u2060\u0007\u0085好", "zh-Hans", "科学家好", 5),
    ("a\u200cb\u200dc\u200e", "en", "abc", 3),
    # A family is one emoji of three; Persian and Hindi need their joiners, whatever the unit's language; so does Hebrew
    # its marks, and Thai its places for a break.
    ("👨\u200d👩\u200d👧 \u200d", "zh-Hans", "👨\u200d👩\u200d👧 ", 1),
    ("❤\ufe0f\u200d🔥", "en", "❤\ufe0f\u200d🔥", 0),
    ("می\u200cخواهم", "en", "می\u200cخواهم", 0),
    ("क्\u200dष", "hi", "क्\u200dष", 0),
    ("(1)\u200f", "he", "(1)\u200f", 0),
    ("ภาษา\u200bไทย", "en", "ภาษา\u200bไทย", 0),
    ("<b>x</b>", "en", "<b>x</b>", 0),
]


def test_what_is_not_seen_is_left_out_and_said(english: Page, url: str):
    english.goto(f"{url}/bitexts/{LETTER}")
    script = present(english.locator("script[src$='editor/page.js']").get_attribute("src"))
    pasted = script.replace("page.js", "pasted.js")
    clean = "async ([module, text, language]) => (await import(module)).cleaned(text, language)"
    for text, language, kept, left_out in CASES:
        assert english.evaluate(clean, [pasted, text, language]) == {"kept": kept, "leftOut": left_out}, text

    target(english, 1).fill("开头。结尾")
    target(english, 1).evaluate(
        """(field, text) => {
            field.setSelectionRange(3, 3);
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        "中\u200b间\n一行。\ufeff",
    )
    expect(target(english, 1)).to_have_value("开头。中间一行。结尾")
    expect(unit(english, 1).locator(".left-out")).to_have_text("Invisible characters left out: 2")
    saved(english, 1)
    expect(unit(english, 1).locator(".left-out")).not_to_be_empty()
    target(english, 1).press("Control+z")
    expect(target(english, 1)).to_have_value("开头。结尾")
    expect(unit(english, 1).locator(".left-out")).to_be_empty()
