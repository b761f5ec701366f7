"""How Chinese terms are read, as somebody would type them to find them."""

import pytest

from corpus.text.pinyin import reading
from glossary import STARTER
from glossary.concepts import Concept, Term
from glossary.termbase import migrations, ngram_index
from workbench.desk import Desk
from workbench.services.termbase_files import import_terms
from workbench.stores.database import connect


@pytest.mark.parametrize(
    ("text", "pinyin", "initials"),
    [
        ("大数据", "dashuju", "dsj"),
        ("新能源车", "xinnengyuanche", "xnyc"),
        ("同行评议", "tonghangpingyi", "thpy"),
        ("科学工程学会", "kexuegongchengxuehui", "kxgcxh"),
        ("科创板", "kechuangban", "kcb"),
        ("技术成熟度", "jishuchengshudu", "jscsd"),
        ("人工智能驱动的科学研究", "rengongzhinengqudongdekexueyanjiu", "rgznqddkxyj"),
        ("东数西算", "dongshuxisuan", "dsxs"),
        ("托卡马克", "tuokamake", "tkmk"),
        ("长三角", "changsanjiao", "csj"),
        ("长时序", "changshixu", "csx"),
        ("秘书长", "mishuzhang", "msz"),
        ("增长", "zengzhang", "zz"),
        ("重构", "chonggou", "cg"),
        ("重力波", "zhonglibo", "zlb"),
        ("银行", "yinhang", "yh"),
        ("行星", "xingxing", "xx"),
        ("率先", "shuaixian", "sx"),
        ("效率", "xiaolv", "xl"),
        ("女儿", "nver", "ne"),
        # As Simplified is, and beside what is no Chinese.
        ("大數據", "dashuju", "dsj"),
        ("長三角", "changsanjiao", "csj"),
        ("5G网络", "5gwangluo", "5gwl"),
        ("“十四五”规划 2025", "shisiwuguihua2025", "sswgh2025"),
        ("卡修斯·柴", "kaxiusichai", "kxsc"),
        ("GPT", "", ""),
    ],
)
def test_a_term_is_read_as_people_say_it(text, pinyin, initials):
    assert reading(text) == (pinyin, initials)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("dashuju", "大数据"), ("dsj", "大数据"), ("tonghangping", "同行评议"), ("dakexue", "大科学"), ("xuehui", "学会")],
)
def test_the_starter_terms_are_found_by_their_reading(desk, typed, found):
    import_terms(desk, STARTER)
    texts = [term.text for concept in desk.termbase.search(typed) for term in concept.terms]
    assert any(found in text for text in texts)


def test_what_was_stored_with_a_wrong_reading_is_read_anew(desk):
    terms = (Term("zh-Hans", "大数据"), Term("en", "big data"), Term("zh-Hans", "空间站"))
    desk.termbase.add(Concept("c-1", terms))
    desk.termbase.add(Concept("c-2", (Term("zh-Hans", "科创板"),)))
    wrong = {"大数据": ("daishuju", "dsj"), "空间站": ("kongjianzhan", "kjz"), "科创板": ("kechuangpan", "kcp")}
    desk.close()
    database = connect(desk.path)
    for table in ("term_keys", "term_grams"):
        database.execute(f"DROP TABLE {table}")
    for text, readings in wrong.items():
        database.execute("UPDATE terms SET pinyin = ?, initials = ? WHERE text = ?", [*readings, text])
    ngram_index.create(database)
    database.execute("DELETE FROM _sqlite_migrations WHERE name = 'read_chinese_anew'")
    database.conn.commit()
    database.close()
    with Desk.open(desk.path) as again:
        assert not migrations.pending(again.db)
        for typed, found in (("dashuju", ["c-1"]), ("daishuju", []), ("kechuangban", ["c-2"]), ("kongjian", ["c-1"])):
            assert [concept.uid for concept in again.termbase.search(typed)] == found
