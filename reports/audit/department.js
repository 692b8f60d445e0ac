/* One department: its place, the indicators, every entry with its account, the steps of grade and rank. */

function drawDepartment(main, row, below) {
  const account = accountOf(row);
  const body = account ? accountBody(row, account) : row.points ? pointsBody(row) : el("p", { class: "empty" }, "没有可以列示的得分明细。");
  main.replaceChildren(departmentHead(row), body);
  if (below) reveal(main, below);
  else main.querySelector("h2").focus({ preventScroll: true });
}

function departmentHead(row) {
  const ranked = head.rows.filter((each) => each.group === row.group && each.rank).length;
  const facts = [
    row.total ? ["总分", el("strong", { class: "score" }, row.total)] : null,
    row.grade ? ["等次", badge(row.grade)] : null,
    row.rank ? ["名次", "第" + row.rank + "名（" + head.groups[row.group].name + ranked + "个部门）"] : null,
    row.self ? ["自评", row.self + "分"] : null,
    row.before ? ["上年", row.before] : null,
    row.note ? ["备注", row.note] : null,
    head.approval ? ["审定", head.approval.filter(Boolean).join("　")] : ["审定", "尚未审定"],
  ].filter(Boolean);
  const others = shownRows(), here = others.indexOf(row);
  const beside = (step, text) => (others[here + step] && here >= 0
    ? el("a", { class: "plain", href: address(others[here + step].code), rel: step < 0 ? "prev" : "next" }, text) : "");
  return el("div", { class: "head" },
    el("nav", { class: "ways", "aria-label": "部门" },
      el("a", { class: "plain", href: filterAddress() }, "返回名次表"), beside(-1, "← 上一个"), beside(1, "下一个 →"),
      head.rows.length > 1 && row.points ? el("a", { class: "plain", href: versus(row.code) }, "对比") : "",
      row.account !== undefined ? el("button", { type: "button", class: "plain", id: "all", onclick: toggleAll }, "全部展开") : "",
      el("button", { type: "button", class: "plain", onclick: () => print() }, "打印")),
    el("h2", { tabindex: "-1" }, el("bdi", null, row.name), el("span", { class: "code" }, row.code)),
    el("dl", { class: "facts" }, facts.map(([name, value]) => el("div", null, el("dt", null, name), el("dd", null, value)))));
}

function accountBody(row, account) {
  const side = el("nav", { class: "side", "aria-label": "指标" }, el("ul", null,
    tops.filter((node) => row.states[node.index] !== "-" || row.points[node.index] !== "").map((node) => el("li", null,
      el("a", { href: address(row.code, node.code) }, el("span", { class: "side-name" }, node.code + " " + node.name),
        el("span", { class: "side-points" }, row.states[node.index] === "n" ? "不适用" : row.points[node.index] + (node.marks ? " / " + marksOf(row, node) : "")),
        node.marks && node.kind === "award" ? bar(row.points[node.index], marksOf(row, node)) : ""))),
    [["steps", account.steps.map((each) => each.name).join("、")], ["flow", "自评、评定、复核、审定"]].map(([part, name]) => (name
      ? el("li", null, el("a", { href: address(row.code, part) }, name)) : ""))));
  const sections = account.sections.map((section) => el("section", { class: "indicator", "data-heading": section.heading },
    el("h3", { tabindex: "-1" }, section.heading, el("span", { class: "points" }, section.points, "分")),
    section.entries.map(entryView)));
  return el("div", { class: "account-page" }, side, el("div", { class: "entries",
    onkeydown: (event) => roving(event, event.currentTarget, ".entry-head") },
    sections, el("p", { class: "sum" }, account.total),
    account.steps.map(({ name, steps }) => el("section", { class: "indicator", "data-heading": "steps" }, el("h3", { tabindex: "-1" }, name), steps.map(stepView))),
    el("section", { class: "indicator", "data-heading": "flow" }, el("h3", { tabindex: "-1" }, "自评、评定、复核、审定"), flowView(account, row))));
}

/* Where reasons are not told: the points of every criterion beside what the method says of it. */
function pointsBody(row) {
  return el("div", { class: "wide" }, el("table", { class: "criteria" },
    el("thead", null, el("tr", null, ["指标", "分值", "得分", "评分标准"].map((name, at) =>
      el("th", { scope: "col", class: at === 1 || at === 2 ? "number" : "" }, name)))),
    el("tbody", null, head.tree.map((node, index) => (node.level && row.points[index] !== "" ? el("tr", { class: "level" + node.level },
      el("th", { scope: "row" }, node.code + " " + node.name), el("td", { class: "number" }, node.marks && marksOf(row, { ...node, index })),
      el("td", { class: "number s" + row.states[index] }, row.states[index] === "n" ? "不适用" : row.points[index]),
      el("td", null, node.standard, node.article ? el("p", { class: "article" }, node.article, node.quote ? el("q", null, node.quote) : "") : "")) : "")))));
}

function toggleAll() {
  const entries = [...document.querySelectorAll("article.entry")];
  const open = entries.some((each) => each.querySelector(".proof").hidden);
  entries.forEach((each) => toggle(each, open));
  document.getElementById("all").textContent = open ? "全部收起" : "全部展开";
}

/* Shows the entry, the criterion or the indicator that the address names, and opens what is one entry or criterion. */
function reveal(main, below) {
  const entries = [...main.querySelectorAll("article.entry")];
  const own = entries.filter((each) => each.dataset.id === below || each.dataset.criterion === below);
  const section = [...main.querySelectorAll("section[data-heading]")].find((each) => each.dataset.heading.split(" ")[0] === below);
  own.forEach((each) => toggle(each, true));
  const target = section && !own.length ? section.querySelector("h3") : own.length ? own[0].querySelector(".entry-head") : main.querySelector("h2");
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "start" });
}
