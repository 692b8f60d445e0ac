/* Two departments side by side, criterion by criterion; where they differ the accounts stand below each other. */

function drawCompare(main, codes) {
  const rows = codes.map((code) => rowOf.get(code));
  const pick = (at) => el("select", { "aria-label": at ? "第二个部门" : "第一个部门", id: "pick" + at, onchange: (event) => {
    const next = [codes[0] || "", codes[1] || ""];
    next[at] = event.target.value;
    location.hash = versus(...next);
  } }, el("option", { value: "" }, "选择部门"), head.rows.filter((row) => row.points).map((row) =>
    el("option", { value: row.code, selected: row.code === codes[at] }, row.name)));
  main.replaceChildren(
    el("div", { class: "head" }, el("nav", { class: "ways" }, el("a", { class: "plain", href: filterAddress() }, "返回名次表"),
      el("button", { type: "button", class: "plain", onclick: () => print() }, "打印")),
      el("h2", { tabindex: "-1" }, "两个部门对比"), el("div", { class: "picks" }, pick(0), el("span", null, "与"), pick(1))),
    rows[0] && rows[1] ? comparison(rows) : el("p", { class: "empty" }, "请选择两个部门。"));
  (rows[0] && rows[1] ? main.querySelector("h2") : main.querySelector("#pick" + (rows[0] ? 1 : 0))).focus();
}

function comparison(rows) {
  const accounts = rows.map(accountOf);
  const sentences = (account, code) => (account ? account.sections.flatMap((section) => section.entries)
    .filter((entry) => entry.criterion === code).map((entry) => el("p", null, entry.sentence)) : []);
  const shown = (row, index) => (row.states[index] === "n" ? "不适用" : row.points[index] || "—");
  const line = (node, index) => {
    const [one, other] = rows.map((row) => shown(row, index));
    const apart = one === other ? "" : difference(one, other);
    const told = node.leaf ? accounts.map((account) => sentences(account, node.code)) : [[], []];
    return [
      el("tr", { class: "level" + node.level + (one === other ? " same" : " differs") },
        el("th", { scope: "row" }, node.code + " " + node.name), el("td", { class: "number" }, node.marks),
        el("td", { class: "number s" + rows[0].states[index] }, one), el("td", { class: "number s" + rows[1].states[index] }, other),
        el("td", { class: "number" }, apart)),
      one !== other && told.some((each) => each.length) ? el("tr", { class: "why" }, el("td", { colspan: "5" },
        el("div", { class: "beside" }, told.map((each, at) => el("div", null, el("h5", null, el("bdi", null, rows[at].name)), each))))) : "",
    ];
  };
  return el("div", { class: "wide" }, el("table", { class: "compare" },
    el("thead", null, el("tr", null, ["指标", "分值"].map((name, at) => el("th", { scope: "col", class: at ? "number" : "" }, name)),
      rows.map((row) => el("th", { scope: "col", class: "number" }, nameLink(row))), el("th", { scope: "col", class: "number" }, "相差"))),
    el("tbody", null,
      el("tr", { class: "level0" }, el("th", { scope: "row" }, "总分"), el("td"), rows.map((row) => el("td", { class: "number" }, row.total || "—")),
        el("td", { class: "number" }, difference(rows[0].total || "", rows[1].total || ""))),
      el("tr", { class: "level0" }, el("th", { scope: "row" }, "等次、名次"), el("td"),
        rows.map((row) => el("td", { class: "number" }, badge(row.grade), row.rank ? " 第" + row.rank + "名" : "")), el("td")),
      head.tree.map((node, index) => (node.level && rows.some((row) => row.points[index] !== "") ? line(node, index) : "")))));
}
