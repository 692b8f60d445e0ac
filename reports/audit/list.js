/* The ranked tables: search, filters by group, grade and article; rows are drawn in portions, the first at once. */

const FIRST = 120, PORTION = 400;
const filters = { q: "", group: "", grades: new Set(), article: "", lost: false };
let drawing = 0;

function readFilters(search) {
  const given = new URLSearchParams(search);
  filters.q = given.get("q") || "";
  filters.group = given.get("g") || "";
  filters.grades = new Set((given.get("d") || "").split(",").filter(Boolean));
  filters.article = given.get("a") || "";
  filters.lost = given.get("lost") === "1";
}

function filterAddress() {
  const given = new URLSearchParams();
  if (filters.q) given.set("q", filters.q);
  if (filters.group) given.set("g", filters.group);
  if (filters.grades.size) given.set("d", [...filters.grades].join(","));
  if (filters.article) given.set("a", filters.article);
  if (filters.lost) given.set("lost", "1");
  const text = String(given);
  return text ? "#?" + text : "#/";
}

function shownRows() {
  const words = filters.q.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const asked = articleNodes();
  return head.rows.filter((row) => {
    const text = [row.name, row.short || "", row.code].join(" ").toLowerCase();
    return words.every((word) => text.includes(word))
      && (!filters.group || head.groups[row.group].code === filters.group)
      && (!filters.grades.size || filters.grades.has(row.grade))
      && (!filters.article || (row.states
        && asked.some((node) => (filters.lost ? "pz" : "fpzn").includes(row.states[node.index]))));
  });
}

function articleNodes() {
  return leaves.filter((node) => node.article === filters.article);
}

function drawList(main) {
  const results = el("div", { id: "results", onkeydown: (event) => roving(event, results, "a.department") });
  main.replaceChildren(el("h2", { class: "unseen" }, "名次表"), summary(), filterBar(results), results);
  fill(results);
}

function summary() {
  return el("div", { class: "summary" }, head.groups.map((group, index) => {
    const counts = head.counts[index];
    const all = head.rows.filter((row) => row.group === index).length;
    return all ? el("div", { class: "card" }, el("h3", null, group.name), el("p", { class: "many" }, el("b", null, all), "个部门"),
      el("p", null, head.grades.map((grade, at) => [badge(grade), el("span", { class: "count" }, counts[at])]))) : "";
  }));
}

function filterBar(results) {
  const change = () => {
    history.replaceState(null, "", filterAddress());
    fill(results);
  };
  const articles = [...new Set(leaves.map((node) => node.article).filter(Boolean))];
  const named = (article) => leaves.filter((node) => node.article === article).map((node) => node.code + " " + node.name);
  const lost = el("input", { type: "checkbox", id: "lost", checked: filters.lost,
    onchange: (event) => { filters.lost = event.target.checked; change(); } });
  return el("div", { class: "filters", role: "group", "aria-label": "筛选" },
    head.groups.length > 1 ? choice("group", "分组", "全部分组", head.groups.map((each) => [each.code, each.name]), change) : "",
    el("div", { class: "chips", role: "group", "aria-label": "等次" }, head.grades.map((grade) => el("button", {
      type: "button", class: "chip", "aria-pressed": String(filters.grades.has(grade)), onclick: (event) => {
        filters.grades[filters.grades.has(grade) ? "delete" : "add"](grade);
        event.currentTarget.setAttribute("aria-pressed", filters.grades.has(grade));
        change();
      } }, grade))),
    head.scope.details && articles.length ? [
      choice("article", "条款", "全部条款", articles.map((each) => [each, each + "　" + named(each).join("、")]), change),
      el("label", { class: "check", for: "lost" }, lost, "只看失分的")] : "",
    el("button", { type: "button", class: "plain", onclick: () => print() }, "打印"));
}

function choice(key, label, all, options, change) {
  return el("label", { class: "choice" }, label, el("select", { id: key,
    onchange: (event) => { filters[key] = event.target.value; change(); } },
    el("option", { value: "" }, all),
    options.map(([value, name]) => el("option", { value, selected: filters[key] === value }, name))));
}

function fill(results) {
  const turn = ++drawing;
  const rows = shownRows();
  const waiting = [];
  results.replaceChildren(...head.groups.map((group, index) => {
    const own = rows.filter((row) => row.group === index);
    if (!own.length) return "";
    const body = el("tbody");
    waiting.push(...own.map((row) => [body, row]));
    return el("section", { class: "group" },
      el("h3", null, group.name, el("small", null, own.length, "个部门")),
      el("div", { class: "wide" }, el("table", { class: filters.article ? "ranking asked" : "ranking" }, tableHead(), body)));
  }).filter(Boolean));
  if (filters.article) results.prepend(...articleNodes().map(ruleOf));
  if (!rows.length) results.append(el("p", { class: "empty" }, "没有符合条件的部门。"));
  if (head.unlisted) results.append(el("p", { class: "unlisted" }, head.unlisted));
  say("共" + rows.length + "个部门");
  const portion = (from, count) => {
    if (turn !== drawing) return;
    waiting.slice(from, from + count).forEach(([body, row], at) => body.append(tableRow(row, from + at === 0)));
    if (from + count < waiting.length) setTimeout(portion, 0, from + count, PORTION);
    else document.documentElement.dataset.drawn = waiting.length;
  };
  portion(0, FIRST);
}

/* What the method says under the article that was asked for. */
function ruleOf(node) {
  return el("div", { class: "asked-rule" }, el("p", null, el("b", null, node.article, " ", node.name), node.marks ? node.marks + "分" : ""),
    node.standard ? el("p", null, node.standard) : "", node.quote ? el("p", null, el("q", null, node.quote)) : "");
}

function columns() {
  if (!head.scope.details) return [];
  return filters.article ? articleNodes() : tops;
}

function tableHead() {
  const heading = (name, kind) => el("th", { scope: "col", class: kind }, name);
  return el("thead", null, el("tr", null,
    head.scope.ranks ? heading("名次", "rank") : "", heading("部门", "name"),
    head.scope.scores ? heading("总分", "number total") : "", heading("等次", "mark"),
    hasSelf ? heading("自评", "number self") : "",
    columns().map((node) => heading(node.name, "number node")), hasNotes ? heading("备注", "note") : ""));
}

const hasSelf = head.rows.some((row) => row.self);
const hasNotes = head.rows.some((row) => row.note || row.before);

function tableRow(row, first) {
  const open = (event) => { if (!event.target.closest("a")) location.hash = placeOf(row); };
  return el("tr", { onclick: open },
    head.scope.ranks ? el("td", { class: "rank" }, row.rank || "—") : "",
    el("th", { scope: "row", class: "name" }, nameLink(row, { class: "department", href: placeOf(row), tabindex: first ? "0" : "-1" }),
      el("span", { class: "code" }, row.code)),
    head.scope.scores ? el("td", { class: "number total" }, row.total || "—") : "",
    el("td", { class: "mark" }, badge(row.grade) || "—"),
    hasSelf ? el("td", { class: "number self" }, row.self || "—") : "",
    columns().map((node) => cell(row, node)),
    hasNotes ? el("td", { class: "note" }, row.note, row.before ? el("span", { class: "before" }, "上年", row.before) : "") : "");
}

/* Where a row leads: to the department, or to what was asked for in it. */
function placeOf(row) {
  return filters.article ? address(row.code, articleNodes()[0].code) : address(row.code);
}

function cell(row, node) {
  const state = row.states ? row.states[node.index] : "-";
  const text = !row.points || row.points[node.index] === "" ? "—" : state === "n" ? "不适用" : row.points[node.index];
  const whole = filters.article && "fpz".includes(state) && marksOf(row, node);
  return el("td", { class: "number node s" + (state === "-" ? "" : state) }, text, whole ? " / " + whole : "");
}
