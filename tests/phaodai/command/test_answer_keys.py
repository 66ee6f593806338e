"""What people corrected leaves the house as answer keys, and a key answers for itself when it is scored."""

import shlex
import subprocess
import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import congvan
from phaodai.command.actions import documents, sending
from phaodai.command.answer_keys import AnswerKey, confirmed_documents, keys_of, yaml_of
from phaodai.command.models import Document
from tests.clients import sign_in
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db

SCORER = Path(__file__).parents[4] / "shared" / "checks" / "score_directives.py"


def key_of(world: World, document: Document) -> AnswerKey:
    with world.as_("linh") as linh:
        return keys_of(confirmed_documents(linh).filter(pk=document.pk))[0]


def correct(world: World, moment: datetime, document: Document) -> None:
    """The office corrects the place and the subject, one clause, one unit and one deadline, and confirms."""
    with world.as_("linh") as linh:
        given: dict[str, Any] = {"actor": linh, "moment": moment}
        documents.amend_document(
            **given,
            document_id=document.pk,
            version=document.version,
            place="Bình Minh (huyện)",
            subject="v\x7fiệc khác",
        )
        first, second, third = document.proposals.in_order()
        sending.amend_proposal(
            **given,
            proposal_id=first.pk,
            version=first.version,
            deadline=datetime.fromisoformat("2021-11-29T17:00:00+07:00"),
        )
        sending.amend_proposal(
            **given,
            proposal_id=second.pk,
            version=second.version,
            addressees=[world.bodies["UBTH"].pk],
            coordinating=[],
        )
        documents.settle_clause(**given, clause_id=third.clause_id, kind="closing")
        documents.confirm_document(**given, document_id=document.pk)


def test_what_people_said_wins(world: World, story: Story, moment: datetime) -> None:
    document = story.documents["Mốc giấy Hai"]
    correct(world, moment, document)
    found = key_of(world, document)
    assert found.key["meta"]["place"] == "Bình Minh (huyện)"
    assert found.key["meta"]["number"] == "62"
    first, second, third = found.key["sections"]
    assert first["deadlines"][0]["date"] == "2021-11-29"
    assert first["deadlines"][0]["raw"] in document.text
    assert second["agencies"] == []
    assert third["kind"] == "closing"
    assert len(found.corrections) == 5


def test_an_untouched_reading_is_its_own_key(world: World, story: Story, moment: datetime) -> None:
    document = story.documents["Mốc giấy Hai"]
    with world.as_("linh") as linh:
        documents.confirm_document(actor=linh, moment=moment, document_id=document.pk)
    found = key_of(world, document)
    assert found.corrections == []
    assert "span" not in str(found.key)
    assert (
        congvan.read(document.text.encode(), filename="a.txt").as_json()["meta"]["signer"]
        == found.key["meta"]["signer"]
    )


def test_the_office_downloads_its_own_keys(world: World, story: Story, moment: datetime) -> None:
    document, elsewhere = story.documents["Mốc giấy Hai"], story.documents["Mốc giấy Sơn Giang"]
    correct(world, moment, document)
    linh = sign_in("linh")
    page = linh.get("/chi-huy/dap-an").content.decode()
    assert "62/UBND-VX" in page
    assert "64/UBND-VX" not in page
    answer = linh.post("/chi-huy/dap-an", {"row": [document.pk, elsewhere.pk]})
    assert answer["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as packed:
        assert packed.namelist() == ["2021-0002-62ubnd-vx.txt", "2021-0002-62ubnd-vx.yaml"]
        assert packed.read(packed.namelist()[0]).decode() == document.text
        assert yaml.safe_load(packed.read(packed.namelist()[1]))["meta"]["subject"] == "v\x7fiệc khác"
    assert linh.post("/chi-huy/dap-an", {"row": [elsewhere.pk]}).status_code == 422
    assert sign_in("viet").get("/chi-huy/dap-an").status_code == 403


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.sampled_from(["meta", "references", "layout", "file"]), VALUES))
def test_whatever_a_key_holds_is_read_back_from_its_yaml(key: dict[str, Any]) -> None:
    named = {
        name: value if not isinstance(value, dict) else {f"k{n}": v for n, v in enumerate(value.values())}
        for name, value in key.items()
    }
    assert (yaml.safe_load(yaml_of(named)) or {}) == {
        name: value if value != {} else None for name, value in named.items()
    }


def test_a_key_scores_full_marks_against_itself(world: World, story: Story, moment: datetime, tmp_path: Path) -> None:
    if not SCORER.exists():
        pytest.skip("the scorer lies beside the repository where the reader is judged")
    for mark in ("Mốc giấy Hai", "Mốc giấy Một"):
        correct(world, moment, story.documents[mark]) if mark == "Mốc giấy Hai" else None
    answer = sign_in("linh").post(
        "/chi-huy/dap-an", {"row": [story.documents[m].pk for m in ("Mốc giấy Hai", "Mốc giấy Một")]}
    )
    with ZipFile(BytesIO(answer.content)) as packed:
        packed.extractall(tmp_path)
    reader = tmp_path / "reader.py"
    reader.write_text(
        "import json, pathlib, sys, yaml\n"
        "print(json.dumps(yaml.safe_load(pathlib.Path(sys.argv[1]).with_suffix('.yaml').read_text()), default=str))\n"
    )
    command = [
        sys.executable,
        str(SCORER),
        str(tmp_path),
        "--least",
        "1",
        "--command",
        shlex.join([sys.executable, str(reader), "{}"]),
    ]
    scored = subprocess.run(command, capture_output=True, text=True, check=False)
    assert scored.returncode == 0, scored.stdout
    assert "metadata       1.000   right   20 of   20" in scored.stdout
