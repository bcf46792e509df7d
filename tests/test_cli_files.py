"""The commands that read files and write them: extract, ingest, rebuild, view, export, validate, sparql, push."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import pyshacl
import pytest
import rdflib
import yaml

from graph.serialise import FORMATS
from ingest.extract import extract as extract_record
from ingest.reading.read import read
from ingest.record import dump
from tests.command import vanmach
from tests.conftest import Neo4jAddress
from tests.view_page import data_of

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"


# what is written


def test_extract_writes_one_record_a_document_and_touches_no_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = [EXAMPLES / "trung-uong" / "ct-21-ct-tw.md", EXAMPLES / "quang-tri" / "hai-lang-kh-96.docx"]
    done = vanmach("extract", *files, "-o", "records")
    assert (done.code, done.out, done.err) == (0, "", "2 records in records\n")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["ct-21-ct-tw.json", "hai-lang-kh-96.json", "records"]
    record = yaml.safe_load((tmp_path / "records" / "hai-lang-kh-96.json").read_text("utf-8"))
    assert record["header"]["symbol"] == "96/KH-UBND"
    assert {"header", "recipients", "documents", "relations", "tasks", "targets"} <= set(record)


def test_extract_overwrites_no_record_of_its_own(tmp_path: Path) -> None:
    files = [tmp_path / folder / "kh.txt" for folder in ("xa-a", "xa-b")]
    for file in files:
        file.parent.mkdir()
        file.write_text("KẾ HOẠCH\nDạy nghề", "utf-8")
    done = vanmach("extract", *files, "-o", tmp_path / "records")
    assert done.code == 2
    assert f"not read: {files[1]}: kh.json is for {files[0]} — " in done.err


def test_a_supplied_place_wins(tmp_path: Path) -> None:
    file = tmp_path / "kh.txt"
    file.write_text("KẾ HOẠCH\nDạy nghề\n\n1. Phòng Tư pháp rà soát văn bản.\n", "utf-8")
    place = unicodedata.normalize("NFD", "tỉnh Quảng Trị/huyện Hải Lăng")
    vanmach("extract", file, "-o", tmp_path / "records", "--place", place)
    header = yaml.safe_load((tmp_path / "records" / "kh.json").read_text("utf-8"))["header"]
    assert header["place"] == ["tỉnh Quảng Trị", "huyện Hải Lăng"]


def test_ingesting_again_says_that_nothing_changed(tmp_path: Path) -> None:
    place = tmp_path / "w"
    vanmach("ingest", EXAMPLES / "trung-uong", "-w", place)
    done = vanmach("ingest", EXAMPLES / "trung-uong", "-w", place)
    assert (done.code, done.err) == (0, f"0 documents read into {place}, 1 unchanged\n")


def test_a_file_that_is_another_one_s_document_is_named_once(tmp_path: Path) -> None:
    place, folder = tmp_path / "w", tmp_path / "in"
    folder.mkdir()
    text = (EXAMPLES / "trung-uong" / "ct-21-ct-tw.md").read_text("utf-8")
    files = [folder / "a.md", folder / "b.md"]
    for number, file in enumerate(files):
        file.write_text(f"{text}\n{'x' * number}", "utf-8")
    line, summary = vanmach("ingest", folder, "-w", place).err.splitlines()
    assert line.startswith(f"not kept: {files[1]}: the same document as {files[0]} — ")
    assert summary == f"1 document read into {place}, 1 the same as another"
    again = vanmach("ingest", folder, "-w", place)
    assert (again.code, again.err) == (0, f"0 documents read into {place}, 2 unchanged\n")


@pytest.mark.parametrize("jobs", [["-j", "1"], ["-j", "2"], []], ids=" ".join)
def test_extract_writes_the_same_with_any_number_of_processes(tmp_path: Path, jobs: list[str]) -> None:
    files = sorted((EXAMPLES / "hai-phong").glob("[!R]*"))
    done = vanmach("extract", *files, "-o", tmp_path, *jobs)
    assert (done.code, done.err) == (0, f"{len(files)} records in {tmp_path}\n")
    for file in files:
        assert (tmp_path / f"{file.stem}.json").read_bytes() == dump(extract_record(read(file), file.name)[1])


def test_rebuild_gives_the_same_answers(workspace: Path) -> None:
    before = vanmach("units", "21-CT/TW", "--format", "json", "-w", workspace).out
    done = vanmach("rebuild", "-w", workspace)
    assert (done.code, done.out, done.err) == (0, "", f"graph of 18 documents built in {workspace}\n")
    assert vanmach("units", "21-CT/TW", "--format", "json", "-w", workspace).out == before


def test_the_view_is_one_page_that_names_the_documents(workspace: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = vanmach("view", "Chỉ thị 21", "-o", page, "-w", workspace)
    assert (done.code, done.out, done.err) == (0, "", f"view written: {page}\n")
    texts = data_of(page)["texts"]
    assert "41/KH-UBND" in texts
    assert "03/2024/NQ-HĐND" not in texts  # another chain
    vanmach("view", "-o", page, "-w", workspace)
    assert "03/2024/NQ-HĐND" in data_of(page)["texts"]


def test_the_view_of_a_plan_shows_how_duties_stand_above_and_below_it(workspace: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    vanmach("view", "120/KH-UBND", "-o", page, "-w", workspace)
    data = data_of(page)
    [duties] = data["duties"]
    standing = [data["texts"][number] for number in duties["texts"]["status"]]
    assert {"chậm", "không rõ", "có kế hoạch"} <= set(standing)
    documents, ghosts = (table for table in data["nodes"] if table["same"]["kind"] in ("Document", "Ghost"))
    # its own duty came from the province; the province's other districts are not on the page
    own = documents["texts"]["label"].index(data["texts"].index("120/KH-UBND"))
    assert own in duties["values"]["plan"]
    assert not any("Lục Nam" in data["texts"][number] for number in ghosts["texts"]["label"])


def test_the_graph_is_exported_in_every_format(workspace: Path, tmp_path: Path) -> None:
    said = set()
    for format_ in set(FORMATS) - {"shacl"}:
        done = vanmach("export", "--format", format_, "-o", tmp_path / format_, "-w", workspace)
        assert (done.code, done.out) == (0, ""), done.err
        said.add(done.err.rpartition(" written: ")[0])
    (nodes, edges) = map(int, re.findall(r"\d+", said.pop()))
    assert not said
    graph = yaml.load((tmp_path / "json").read_text("utf-8"), yaml.CSafeLoader)
    assert (len(graph["nodes"]), len(graph["edges"])) == (nodes, edges)
    with (tmp_path / "csv" / "nodes.csv").open(encoding="utf-8-sig", newline="") as table:
        assert len(list(csv.DictReader(table))) == nodes
    xml = ET.parse(tmp_path / "graphml")
    assert len(xml.findall(".//{*}node")) == nodes
    assert "21-CT/TW" in (tmp_path / "cypher").read_text("utf-8")
    turtle = rdflib.Graph().parse(tmp_path / "turtle", format="turtle")
    assert rdflib.Literal("21-CT/TW") in set(turtle.objects())


def test_what_is_exported_keeps_to_the_shapes_that_are_exported(workspace: Path, tmp_path: Path) -> None:
    for format_, name in {"turtle": "graph.ttl", "shacl": "shapes.ttl"}.items():
        assert vanmach("export", "--format", format_, "-o", tmp_path / name, "-w", workspace).code == 0
    graph, shapes = (rdflib.Graph().parse(tmp_path / name) for name in ("graph.ttl", "shapes.ttl"))
    conforms, _, said = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, said


def test_validate_says_what_is_wrong_with_a_file(workspace: Path, tmp_path: Path) -> None:
    done = vanmach("validate", "-w", workspace)
    assert (done.code, done.out) == (0, ""), done.err
    assert re.fullmatch(r"\d+ nodes and \d+ edges: all is well\n", done.err)
    path = tmp_path / "graph.ttl"
    assert vanmach("export", "--format", "turtle", "-o", path, "-w", workspace).code == 0
    path.write_text(path.read_text("utf-8").replace('vm:role "chủ trì"', 'vm:role "giám sát"', 1), "utf-8")
    done = vanmach("validate", path, "--format", "json")
    (finding,) = json.loads(done.out)
    assert (done.code, finding["value"]) == (1, "giám sát")
    assert finding["message"] == "GIAO.role: at most one of chủ trì, thực hiện, theo dõi"
    assert vanmach("validate", path).out.count("giám sát") == 1


def test_validate_of_a_file_about_something_else(tmp_path: Path) -> None:
    (tmp_path / "other.ttl").write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    done = vanmach("validate", tmp_path / "other.ttl")
    assert done.code == 1
    assert "no node of the model" in done.err


def test_sparql_gives_what_cypher_gives(workspace: Path) -> None:
    (document, *_) = vanmach("query", "documents", "-p", "text=120 KH-UBND", "-w", workspace, "--format", "json").json
    asked = ("units_implementing", "-p", f"document={document['id']}", "-w", workspace, "--format", "json")
    assert vanmach("sparql", *asked).json == vanmach("query", *asked).json


def test_sparql_is_asked_of_the_graph_as_it_is_now(tmp_path: Path) -> None:
    place, count = tmp_path / "workspace", "SELECT (COUNT(?d) AS ?n) { ?d vm:status 'ingested' }"
    for folder, number in (("trung-uong", 1), ("quang-tri", 4)):
        assert vanmach("ingest", EXAMPLES / folder, "-w", place).code == 0
        first = vanmach("sparql", count, "-w", place, "--format", "json")
        assert first.err == "building the graph of the stored records …\n"
        assert first.json[0]["n"] >= number
        again = vanmach("sparql", count, "-w", place, "--format", "json")
        assert (again.err, again.json) == ("", first.json)


@pytest.mark.neo4j
def test_push_gives_neo4j_the_same_graph(workspace: Path, neo4j_address: Neo4jAddress) -> None:
    from graph.bolt import BoltStore

    where = neo4j_address.uri.replace("bolt://", f"bolt://{neo4j_address.user}@" if neo4j_address.user else "bolt://")
    done = vanmach("push", where, "-w", workspace, VANMACH_NEO4J_PASSWORD=neo4j_address.password)
    assert (done.code, done.out) == (0, ""), done.err
    nodes, edges = map(int, re.findall(r"\d+", done.err)[:2])
    with BoltStore(neo4j_address.uri, neo4j_address.user, neo4j_address.password) as store:
        (row,) = store.query("MATCH (n) WITH count(n) AS n MATCH ()-[r]->() RETURN n, count(r) AS r").rows
        assert row == (nodes, edges)
        symbols = store.query("MATCH (d:Document)-[:THUC_HIEN]->({symbol: '21-CT/TW'}) RETURN d.symbol AS s").rows
    assert {symbol for (symbol,) in symbols} >= {"89-KH/TU", "75-CTr/TU"}
    again = vanmach("push", where, "-w", workspace, VANMACH_NEO4J_PASSWORD=neo4j_address.password)
    assert again.err.endswith(": nothing had changed\n")
