"""Commands that answer about documents and units: documents, show, units, trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from unicodedata import normalize

import typer
from rich.text import Text
from rich.tree import Tree

from graph.errors import LookupFailed, QueryParameterError
from graph.schema import schema
from queries import answers
from queries.ask import run
from queries.document_names import names_below
from queries.lookup import DocumentRow, find_document
from queries.standing import is_after, not_after
from queries.suggestions import suggested_tree
from vanmach.app import DEFAULT, WorkspaceOption, app, folder, open_store
from vanmach.as_of import AsOfOption, day_given
from vanmach.explaining import show_why
from vanmach.headings import heading, headings
from vanmach.output import Format, print_json, print_rows, print_tree

FormatOption = Annotated[Format, typer.Option("--format", help="How to print: for people, or for programs.")]
DocumentArgument = Annotated[
    str, typer.Argument(metavar="DOCUMENT", help='As people write it: 21-CT/TW, "Chỉ thị 21", title words, or an id.')
]


@app.command()
def documents(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Words of symbol, type, title or issuer.")] = "",
    as_of: AsOfOption = "",
    workspace: WorkspaceOption = DEFAULT,
    format_: FormatOption = Format.table,
) -> None:
    """List the documents that hold every word of a text; without a text, all.

    Example: vanmach documents "giáo dục nghề nghiệp"
    """
    day = day_given(as_of)
    with open_store(workspace) as store:
        rows = not_after(run(store, "documents", {"text": text} if text else {}).dicts(), day)
    columns = ("symbol", "type", "issued_on", "issuer", "title", "status", "id")
    print_rows(rows, headings(columns), format_)


@app.command()
def show(
    document: DocumentArgument,
    why: Annotated[
        bool, typer.Option("--why", help="Each fact with its passage, its rule, and how sure it is.")
    ] = False,
    task: Annotated[str, typer.Option("--task", metavar="SECTION", help="Of its tasks only those of a section.")] = "",
    as_of: AsOfOption = "",
    workspace: WorkspaceOption = DEFAULT,
    format_: FormatOption = Format.table,
) -> None:
    """Show one document: what it is, how it stands to others, its tasks; or why the program says so.

    Example: vanmach show 41/KH-UBND --why --task IV.1
    """
    day = day_given(as_of)
    if why and day:
        raise QueryParameterError("--as-of: not with --why", "leave one of them out")
    if why:
        show_why(folder(workspace), document, task, format_)
        return
    with open_store(workspace) as store:
        id_ = there_on(day, find_document(store, document)).id
        (facts,) = run(store, "document", {"document": id_}).dicts()
        relations = not_after(run(store, "relations_of", {"document": id_}).dicts(), day)
        tasks = answers.tasks(store, id_, task)
    if format_ is Format.json:
        print_json({"document": facts, "relations": relations, "tasks": tasks})
    elif format_ is Format.csv:
        print_rows(tasks, headings(tasks[0] if tasks else ("id",)), format_)
    else:
        _show_page(facts, relations, tasks)


def there_on(day: str | None, document: DocumentRow) -> DocumentRow:
    """The document that is asked about.

    Raises:
        LookupFailed: it was issued after the day on which is asked.
    """
    if is_after(document.issued_on, day):
        name = document.symbol or document.title or document.id
        raise LookupFailed(f"{name} was issued on {document.issued_on}", f"there was none on {day}: name a later day")
    return document


def _show_page(
    facts: Mapping[str, Any], relations: Sequence[Mapping[str, Any]], tasks: Sequence[Mapping[str, Any]]
) -> None:
    names = {**headings(facts), "source": schema().node("Document").properties["source"].vi}
    known = [{"field": names[name], "value": value} for name, value in facts.items() if value not in (None, "", [])]
    print_rows(known, headings(("field", "value")), Format.table)
    if relations:
        named = [
            {**row, "relation": relation_name(row["relation"], row["direction"]), "document": _label(row)}
            for row in relations
        ]
        print_rows(named, headings(("relation", "document", "quote")), Format.table)
    if tasks:
        columns = ("section", "text", "leads", "coordinators", "deadline", "recurrence", "report_to")
        print_rows(tasks, {**headings(columns), "text": heading("task")}, Format.table)


def relation_name(type_: str, direction: str) -> str:
    """The Vietnamese phrase of an edge type, with an arrow towards the document or away from it."""
    return f"{'→' if direction == 'out' else '←'} {schema().edges[type_].vi}"


def _label(row: Mapping[str, Any]) -> str:
    """A document in one line: "21-CT/TW, Ban Bí thư Trung ương Đảng, 2023-05-04"."""
    name = row.get("symbol") or row.get("title") or row.get("type")
    return ", ".join(str(part) for part in (name, row.get("issuer"), row.get("issued_on")) if part)


@app.command()
def units(
    document: DocumentArgument,
    role: Annotated[str, typer.Option(help="Only this role: chủ trì, thực hiện, theo dõi or phối hợp.")] = "",
    level: Annotated[str, typer.Option(help="Only this level: trung ương, tỉnh, huyện, xã or cơ sở.")] = "",
    as_of: AsOfOption = "",
    workspace: WorkspaceOption = DEFAULT,
    format_: FormatOption = Format.table,
) -> None:
    """List the units that implement a document at any depth: role, number of tasks, and where it was read.

    Example: vanmach units "Chỉ thị 21" --role "chủ trì"
    """
    only_role = _one_of("--role", role, (*schema().edges["GIAO"].properties["role"].values, "phối hợp"))
    only_level = _one_of("--level", level, tuple(schema().levels))
    day = day_given(as_of)
    with open_store(workspace) as store:
        id_ = there_on(day, find_document(store, document)).id
        rows = answers.units(store, id_, only_role, only_level, day)
        names = names_below(store, id_) if format_ is Format.table else {}
    if format_ is Format.table:
        rows = [{**quoted(row), "documents": [names[d] for d in row["documents"]]} for row in rows]
        columns = ["agency", "place", "role", "tasks", "documents", *_ON_A_DAY, "quote"]
    else:
        columns = ["agency", "level", "place", "role", "tasks", "via", "documents", *_ON_A_DAY]
    print_rows(rows, headings([name for name in columns if day or name not in _ON_A_DAY]), format_)


_ON_A_DAY = ("holders", "orphaned")
"""What is told of an agency only where a day is asked about."""


def _one_of(option: str, value: str, known: Sequence[str]) -> str | None:
    """The option's value as the graph writes it; None where it was left out."""
    given = normalize("NFC", value)
    if given and given not in known:
        raise QueryParameterError(f"{option} {value}: not known", f"one of {', '.join(known)}")
    return given or None


def quoted(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for a table: of its passages the first one, as a quote."""
    return {**row, "quote": row["evidence"][0]["quote"] if row["evidence"] else ""}


@app.command()
def trace(
    document: DocumentArgument,
    up: Annotated[bool, typer.Option("--up", help="Upwards: what the document implements.")] = False,
    task: Annotated[str, typer.Option("--task", metavar="SECTION", help="The way of one task down.")] = "",
    suggest: Annotated[
        bool, typer.Option("--suggest", help="With --task: the tasks below that probably take it up, by their words.")
    ] = False,
    as_of: AsOfOption = "",
    workspace: WorkspaceOption = DEFAULT,
    format_: FormatOption = Format.table,
) -> None:
    """Show the tree of documents that implement a document, with the sentence that each link was read in.

    Example: vanmach trace 21-CT/TW
    """
    if suggest and not task:
        raise QueryParameterError("--suggest: of which task?", "name it with --task")
    day = day_given(as_of)
    with open_store(workspace) as store:
        id_ = there_on(day, find_document(store, document)).id
        if suggest:
            tree = suggested_tree(store, id_, task, day)
        else:
            tree = answers.task_tree(store, id_, task, day) if task else answers.trace_tree(store, id_, up, day)
        if format_ is Format.json:
            tree = answers.with_tasks(store, tree, up=up)
    if format_ is Format.json:
        print_json(tree)
    elif format_ is Format.csv:
        rows = list(_flat(tree))
        print_rows(rows, headings(("depth", "id", "symbol", "type", "issuer", "issued_on", "quote")), format_)
    else:
        print_tree(_tree(tree))


def _quote(branch: Mapping[str, Any]) -> str:
    """The passage of a branch's edge, the document's own words before those of others about it."""
    evidence = (branch.get("edge") or {}).get("evidence") or []
    own = [passage for passage in evidence if passage["doc"] == branch["document"]["id"]]
    return str((own or evidence)[0]["quote"]) if evidence else ""


def _flat(branch: Mapping[str, Any], depth: int = 0) -> Any:
    yield {"depth": depth, **branch["document"], "quote": _quote(branch)}
    for child in branch["children"]:
        yield from _flat(child, depth + 1)


def _tree(branch: Mapping[str, Any], parent: Tree | None = None, shown: set[str] | None = None) -> Tree:
    """A branch as rich draws it; what stands below a document that implements several is drawn once."""
    shown = set() if shown is None else shown
    id_ = branch["document"]["id"]
    label = _branch_label(branch)
    again = branch["cycle"] or (id_ in shown and bool(branch["children"]))
    if again:
        label.append("\n(các văn bản dưới: xem ở trên)", style="not bold")
    shown.add(id_)
    node = Tree(label) if parent is None else parent.add(label)
    for child in () if again else branch["children"]:
        _tree(child, node, shown)
    return node


def _branch_label(branch: Mapping[str, Any]) -> Text:
    document = branch["document"]
    label = Text(str(document["symbol"] or document["type"] or document["title"]), style="bold")
    label.append(f"  {document['issuer'] or 'không rõ cơ quan ban hành'}", style="not bold")
    tasks = branch["tasks"]
    number = len(tasks) if isinstance(tasks, list) else tasks
    details = [document["issued_on"], document["level"], f"{number} nhiệm vụ" if number else None]
    details.append("chỉ được viện dẫn, chưa có văn bản" if document["status"] == "cited" else None)
    label.append(f"  ({', '.join(str(d) for d in details if d)})", style="not bold")
    for task in tasks if isinstance(tasks, list) else ():
        leads = f" → {', '.join(task['leads'])}" if task["leads"] else ""
        label.append(f"\n{task['section']}: {task['text']}{leads}", style="not bold")
    if quoted := _quote(branch):
        label.append(f"\n“{quoted}”", style="italic not bold")
    for task in branch.get("suggested", ()):
        label.append(f"\ngợi ý: {task['section']}: {task['text']} ({', '.join(task['words'])})", style="not bold")
    return label
