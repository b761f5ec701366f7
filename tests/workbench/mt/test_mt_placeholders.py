"""What a translation is to hold as it is: found where a draft has lost it, masked, and put back."""

import pytest

from tests.present import present
from workbench.mt.placeholders import mask_lost
from workbench.mt.terminology import masks


@pytest.mark.parametrize(
    ("sentence", "draft", "masked"),
    [
        ("See https://a.org/x?y=1, please.", "请看。", "See XQ1, please."),
        ("Mail li@example.org now.", "现在写信。", "Mail XQ1 now."),
        ("Press <b>Enter</b>.", "按回车。", "Press XQ1 Enter XQ2."),
        ("Run `make test` with {name} and %(count)s.", "运行。", "Run XQ1 with XQ2 and XQ3."),
        ("It grew by 8 to 1,234 in 2029.", "2029年增长8。", "It grew by 8 to XQ1 in 2029."),
        ("XQ1 costs 12 yuan.", "XQ1要钱。", "XQ1 costs XQ2 yuan."),
    ],
)
def test_what_a_draft_has_lost_is_masked(sentence, draft, masked):
    assert present(mask_lost(sentence, draft)).text == masked


@pytest.mark.parametrize(
    ("sentence", "draft"),
    [
        ("In 2029 it grew by 3.5% to 1,234.", "Em 2029, cresceu 3,5% para 1.234."),
        ("It cost 250 million yuan.", "它花了2.5亿元。"),
        ("It cost 250 million yuan.", "它花了很多钱。"),
        ("Two labs.", "实验室。"),
        ("See https://a.org/x.", "请看https://a.org/x。"),
        ("A plan for 2029.", ""),
    ],
)
def test_what_is_there_or_written_in_another_way_is_not_masked(sentence, draft):
    assert mask_lost(sentence, draft) is None


def test_masks_are_undone_where_all_of_them_survive_once():
    masked = present(mask_lost("Press <b>Enter</b> 12 times.", "按。"))
    assert masked.text == "Press XQ1 Enter XQ2 XQ3 times."
    assert masked.undone("把 XQ1 回车 XQ2 按 XQ3 次。") == "把 <b>回车</b> 按 12 次。"
    assert masked.undone("把XQ1回车XQ2按XQ3次。") == "把<b>回车</b>按12次。"
    assert masked.undone("把 XQ1 回车 XQ2 按次。") is None
    assert masked.undone("把 XQ1 回车 XQ2 按 XQ3 XQ3 次。") is None
    assert masked.undone("把 XQ1 回车 XQ2 按 XQ33 次。") is None


@pytest.mark.parametrize(
    ("sentence", "lossy", "again", "undone"),
    [
        ("该厂有35名员工。", "The plant has staff.", "The plant has XQ1 employees.", "The plant has 35 employees."),
        ("该厂有35名员工。", "工厂。", "该厂有 XQ1 名员工。", "该厂有35名员工。"),
        ("见https://a.org/x。", "See.", "See XQ1 for more.", "See https://a.org/x for more."),
        ("共35套", "Sets", "XQ1 sets", "35 sets"),
        ("共35套", "Sets", "Sets: XQ1", "Sets: 35"),
        ("共有35项。", "项", "iPad 有 XQ1 items 项", "iPad 有35 items 项"),
    ],
)
def test_spaces_go_with_a_mask_beside_han_alone(sentence, lossy, again, undone):
    assert present(mask_lost(sentence, lossy)).undone(again) == undone


def test_places_move_with_the_masks():
    sentence = "Press <b>Enter</b> for the plan."
    masked = present(mask_lost(sentence, "按。"))
    start = sentence.index("plan")
    place = present(masked.place(start, start + 4))
    assert masked.text[slice(*place)] == "plan"
    assert masked.place(7, 10) is None


def test_masks_stand_in_no_text():
    assert masks.free_masks("xq1 and XQ3", 2) == ["XQ2", "XQ4"]
    assert masks.free_masks("", 1, 1) == ["__T1__"]
