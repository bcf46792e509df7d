"""An invented cascade to draw: a directive on public libraries, three provinces, their districts and communes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.model import Edge, Evidence, Graph, Node, Value

DIRECTIVE = "12-ct-tw"
HOSTILE = "<script>alert(1)</script>"

PROVINCES = {
    "tỉnh Sông Lam": {
        "huyện Yên Hạ": ["xã Đồng Tiến", "xã Tân Lập", "thị trấn Nham"],
        "huyện Lạng Sơn Động": ["xã An Bình", "xã Vân Trung"],
        "thị xã Phú Lương": ["phường Trại Mới"],
    },
    "tỉnh Hòa Giang": {"huyện Cam Thủy": ["xã Cam Nghĩa", "xã Cam Chính"], "huyện Hướng Đông": []},
    "thành phố Cửa Biển": {"quận Lê Lợi": ["phường Cát Dài", "phường An Dương"], "huyện Tiên Minh": ["xã Bắc Hưng"]},
}
TASKS = [
    "Đưa việc mở cửa thư viện ngoài giờ hành chính vào kế hoạch công tác hằng năm",
    "Rà soát, bổ sung đầu sách cho tủ sách dùng chung ở thôn, tổ dân phố",
    "Bố trí kinh phí mua sách từ nguồn ngân sách địa phương",
    "Tập huấn nghiệp vụ cho người phụ trách phòng đọc",
    "Tổ chức ngày hội đọc sách trong tháng Tư",
    "Ban hành kế hoạch triển khai, gửi về cơ quan thường trực trước ngày 30/9",
    "Kết nối dữ liệu mượn trả giữa thư viện tỉnh và thư viện cơ sở",
    "Kiểm tra, sơ kết, báo cáo kết quả theo quý",
]
OFFICES = {
    "tỉnh": ["Sở Văn hóa, Thể thao và Du lịch", "Sở Tài chính", "Thư viện tỉnh", "Hội Khuyến học", "Tỉnh Đoàn"],
    "huyện": ["Phòng Văn hóa - Thông tin", "Phòng Tài chính - Kế hoạch", "Phòng Giáo dục và Đào tạo", "Hội Khuyến học"],
    "xã": ["Công chức Văn hóa - Xã hội", "Hội Phụ nữ"],
}


class Builder:
    """Adds documents with their issuer, tasks and duties to a graph."""

    def __init__(self) -> None:
        self.graph = Graph()
        self.position = 0

    def agency(self, name: str, level: str, place: str) -> str:
        id_ = f"a:{name}|{place}"
        if id_ not in self.graph.nx:
            self.graph.add(Node(id_, "Agency", {"name": name, "level": level, "place": place, "kind": "cơ quan"}))
        return id_

    def document(self, id_: str, issuer: str, level: str, place: str, **facts: Value) -> str:
        known: dict[str, Value] = {"issuer": issuer, "level": level, "place": place, "status": "ingested"}
        self.graph.add(Node(id_, "Document", known | facts))
        self.edge(self.agency(issuer, level, place), "BAN_HANH", id_, id_, "header.issuer", issuer)
        return id_

    def edge(self, source: str, type_: str, target: str, doc: str, rule: str, quote: str, **facts: Value) -> None:
        self.position += 7
        section = "" if type_ == "BAN_HANH" else "II.1"
        evidence = Evidence(doc, self.position, self.position + len(quote), rule, 0.92, section, quote)
        self.graph.connect(Edge(source, type_, target, evidence, properties=facts))

    def implements(self, lower: str, upper: str) -> None:
        attributes = self.graph.nx.nodes[upper]
        quote = f"Thực hiện {attributes['type']} số {attributes['symbol']} về phát triển thư viện công cộng"
        self.edge(lower, "THUC_HIEN", upper, lower, "relations.thuc_hien", quote)

    def tasks(self, document: str, count: int, level: str, place: str) -> None:
        offices = [self.agency(f"{office} {place.split(', ')[0]}", level, place) for office in OFFICES[level]]
        for n in range(count):
            task, text = f"{document}#t{n + 1}", TASKS[n % len(TASKS)]
            facts: dict[str, Value] = {"document": document, "ordinal": n + 1, "section": f"II.{n + 1}", "text": text}
            if n % 3 == 0:
                facts |= {"deadline": "2024-09-30", "deadline_text": "trước ngày 30/9/2024"}
            self.graph.add(Node(task, "Task", facts))
            self.edge(document, "GOM", task, document, "tasks.item", text)
            lead, partner = offices[n % len(offices)], offices[(n + 1) % len(offices)]
            self.edge(task, "GIAO", lead, document, "tasks.lead", f"Giao đơn vị chủ trì: {text}", role="chủ trì")
            if n % 2:
                self.edge(task, "PHOI_HOP", partner, document, "tasks.with", "phối hợp với các đơn vị liên quan")

    def target(self, document: str, subject: str, value: float) -> None:
        target = f"{document}#c1"
        facts: dict[str, Value] = {"document": document, "ordinal": 1, "subject": subject, "comparator": ">="}
        self.graph.add(Node(target, "Target", {**facts, "value": value, "unit": "%", "by": "2025"}))
        self.edge(document, "GOM", target, document, "targets.percent", f"Phấn đấu trên {value:g}% {subject}")


def cascade_graph(provinces: dict[str, dict[str, list[str]]] | None = None) -> Graph:
    """The directive with everything below it, and a few documents that are only cited."""
    make = Builder()
    make.document(
        DIRECTIVE, "Ban Bí thư", "trung ương", "", symbol="12-CT/TW", type="Chỉ thị", issued_on="2024-03-15",
        title="về phát triển thư viện công cộng và văn hoá đọc trong tình hình mới",
    )  # fmt: skip
    law = make.document("luat-thu-vien", "Quốc hội", "trung ương", "", type="Luật", title="Luật Thư viện",
                        symbol="46/2019/QH14", status="cited")  # fmt: skip
    make.edge(DIRECTIVE, "CAN_CU", law, DIRECTIVE, "relations.can_cu", "Căn cứ Luật Thư viện")
    for index, (province, districts) in enumerate((provinces or PROVINCES).items()):
        _province(make, index, province, districts)
    return make.graph


def _province(make: Builder, index: int, province: str, districts: dict[str, list[str]]) -> None:
    head = "Thành ủy" if province.startswith("thành phố") else "Tỉnh ủy"
    party = make.document(
        f"p{index}-party", f"{head} {province.split(' ', 1)[1]}", "tỉnh", province, type="Chương trình hành động",
        symbol=f"{70 + index}-CTr/TU", issued_on="2024-05-20", title="thực hiện Chỉ thị số 12-CT/TW",
        status="cited" if index == 1 else "ingested",
    )  # fmt: skip
    make.implements(party, DIRECTIVE)
    plan = make.document(
        f"p{index}-plan", f"Ủy ban nhân dân {province}", "tỉnh", province, type="Kế hoạch", issued_on="2024-07-02",
        symbol=f"{140 + index}/KH-UBND", title=f"phát triển thư viện công cộng trên địa bàn {province}",
    )  # fmt: skip
    make.implements(plan, party)
    make.tasks(plan, 8, "tỉnh", province)
    make.target(plan, "xã có phòng đọc mở cửa hằng ngày", 90)
    for number, (district, communes) in enumerate(districts.items()):
        _district(make, plan, number, f"{district}, {province}", communes)


def _district(make: Builder, plan: str, number: int, place: str, communes: list[str]) -> None:
    district = place.split(", ")[0]
    own = make.document(
        f"{plan}-d{number}", f"Ủy ban nhân dân {district}", "huyện", place, type="Kế hoạch", issued_on="2024-08-12",
        symbol=f"{210 + number}/KH-UBND", title=f"phát triển thư viện công cộng {district}",
    )  # fmt: skip
    make.implements(own, plan)
    make.tasks(own, 4 + number, "huyện", place)
    for index, commune in enumerate(communes):
        where = f"{commune}, {place}"
        last = make.document(
            f"{own}-c{index}", f"Ủy ban nhân dân {commune}", "xã", where, type="Kế hoạch", issued_on="2024-09-20",
            symbol=f"{30 + index}/KH-UBND", title=f"mở phòng đọc tại {commune}",
        )  # fmt: skip
        make.implements(last, own)
        make.tasks(last, 2, "xã", where)


def _names(kind: str, count: int) -> Iterator[str]:
    return (f"{kind} số {n + 1:02d}" for n in range(count))


def large_graph(provinces: int, districts: int, communes: int) -> Graph:
    """The same cascade over as many provinces, districts in each and communes in each district as wanted."""
    return cascade_graph(
        {p: {d: list(_names("xã", communes)) for d in _names("huyện", districts)} for p in _names("tỉnh", provinces)}
    )


def duty(graph: Graph, source: str, agency: str, status: str, plan: str | None = None) -> dict[str, Any]:
    """A row as missing_plans gives it: the source's first task orders the agency to issue a plan."""
    node = graph.node(agency).properties
    passage = {
        "doc": source,
        "section": "II.1",
        "rule": "tasks.lead",
        "confidence": 0.8,
        "quote": f"Giao {node['name']}",
    }
    facts = {"agency": node["name"], "agency_id": agency, "level": node["level"], "place": node["place"]}
    asked = {"source": source, "task": f"{source}#t1", "section": "II.1", "deadline": "2024-09-30", "via": None}
    return {**facts, **asked, "status": status, "plan": plan, "evidence": [passage]}


def duties_of(graph: Graph) -> list[dict[str, Any]]:
    """Of the first province: one district has its plan, one is late, one has none; and one of another is unknown."""
    place = "tỉnh Sông Lam"
    units = {"huyện Yên Hạ": "có kế hoạch", "huyện Lạng Sơn Động": "chậm"}
    rows = [
        duty(graph, "p0-plan", f"a:Ủy ban nhân dân {unit}|{unit}, {place}", status, f"p0-plan-d{number}")
        for number, (unit, status) in enumerate(units.items())
    ]
    for agency, status in (("huyện Thác Bạc", "chưa có"), ("huyện Khe Mo", "không rõ")):
        facts: dict[str, Value] = {"name": f"Ủy ban nhân dân {agency}", "level": "huyện", "place": f"{agency}, {place}"}
        graph.add(Node(f"a:{agency}", "Agency", facts))
        rows.append(duty(graph, "p0-plan", f"a:{agency}", status))
    return rows
