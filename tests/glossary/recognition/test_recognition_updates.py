from glossary.concepts import Concept, Term
from workbench.desk import Desk
from workbench.services.term_recognition import recogniser_for


def test_changes_in_the_desk_are_taken_in(tmp_path):
    text = "rice, wheat, maize"
    with Desk.create(tmp_path / "house.desk") as desk:

        def found() -> list[str]:
            return [uid for item in recogniser_for(desk, "en").find(text) for uid in item.concepts]

        for name in ("rice", "wheat"):
            desk.termbase.add(Concept(name, (Term("en", name),)))
        assert found() == ["rice", "wheat"]
        desk.termbase.revise(Concept("rice", (Term("en", "maize"),)))
        assert found() == ["wheat", "rice"]
        # SQLite gives the number of the last concept again.
        desk.termbase.remove("wheat", 1)
        desk.termbase.add(Concept("maize", (Term("en", "maize"),)))
        assert found() == ["maize", "rice"]
