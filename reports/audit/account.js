/* One department's entries: the sentence always, and on request working, data with their layers, and the rule. */

function entryView(entry) {
  const proof = el("div", { class: "proof", hidden: true, id: "proof-" + entry.id },
    el("div", { class: "account" }, workingView(entry), dataView(entry.data)), basisView(entry.basis));
  const head = el("button", { type: "button", class: "entry-head", "aria-expanded": "false", "aria-controls": proof.id,
    onclick: () => toggle(made) },
    el("span", { class: "code" }, entry.id), el("span", { class: "entry-name" }, entry.name),
    [entry.kind, entry.state].filter((each, at, all) => each && all.indexOf(each) === at)
      .map((each) => el("span", { class: "tag" }, each)),
    entry.self ? el("span", { class: "self" }, "自评", entry.self, "分") : "",
    el("span", { class: "points" }, entry.points));
  const made = el("article", { class: "entry", "data-id": entry.id, "data-criterion": entry.criterion },
    head, el("p", { class: "sentence" }, entry.sentence), proof);
  return made;
}

function toggle(entry, open) {
  const button = entry.querySelector(".entry-head"), proof = entry.querySelector(".proof");
  const wanted = open === undefined ? proof.hidden : open;
  proof.hidden = !wanted;
  button.setAttribute("aria-expanded", String(wanted));
}

function workingView(entry) {
  return entry.lines.length ? el("dl", { class: "working" }, entry.lines.map(([label, text]) => [
    el("dt", null, label), el("dd", { class: label === "计算" || label === "算式" ? "figures" : "" }, text)])) : "";
}

function dataView(data) {
  if (!data.length) return "";
  return el("div", { class: "data" }, el("h5", null, "数据来源和佐证"), data.map((datum) => el("div", { class: "datum" },
    el("p", null, el("b", null, el("bdi", null, datum.title)), " ", datum.value),
    datum.layers.length ? el("ol", { class: "layers" }, datum.layers.map(layerView)) : "")));
}

function layerView(layer) {
  const told = [layer.by, layer.on, layer.why].filter(Boolean);
  return el("li", null,
    layer.source ? el("span", { class: "source" }, layer.source) : "",
    layer.said ? el("span", { class: "value" }, layer.said) : "",
    told.length ? el("span", { class: "told" }, told.join("　")) : "",
    layer.evidence.map((each) => el("span", { class: "evidence" }, "佐证：", each)));
}

function stepView(step) {
  return el("div", { class: "step" },
    el("p", { class: "sentence" }, step.sentence),
    step.calculation ? el("p", { class: "figures" }, step.calculation) : "",
    basisView(step.basis));
}

/* 自评、评定、复核、审定: a line a criterion, below it who decided what, on which document. */
function flowView(account, row) {
  const number = (text) => el("td", { class: "number" }, text || "—");
  const act = (each) => el("li", null, el("span", { class: "source" }, each.stage), each.what,
    el("span", { class: "told" }, [each.by, each.on, each.basis, each.why].filter(Boolean).join("　")));
  const acts = (all) => (all.length ? el("ul", { class: "acts" }, all.map(act)) : "");
  return el("div", { class: "wide" }, el("table", { class: "flow" },
    el("thead", null, el("tr", null, ["评分标准", "分值", "自评", "评定", "复核", "审定", "得分"].map((name, at) =>
      el("th", { scope: "col", class: at ? "number" : "" }, name)))),
    el("tbody", null, account.flow.map((each) => el("tr", null,
      el("th", { scope: "row" }, el("a", { href: address(row.code, each.node.code) }, each.node.code + " " + each.node.name), acts(each.acts)),
      number(each.node.marks && marksOf(row, each.node)), number(each.self), number(each.scored),
      number(each.review || (each.reviewed ? "无调整" : "")), number(each.ruling), number(each.points))),
    account.rest || account.restActs.length ? el("tr", null, el("th", { scope: "row" }, "折算、取位、封顶和总分调整", acts(account.restActs)),
      number(""), number(""), number(""), number(""), number(""), number(account.rest)) : ""),
    el("tfoot", null, el("tr", null, el("th", { scope: "row" }, "总分"), number(""), number(row.self), number(""),
      number(""), number(""), number(row.total)))));
}
