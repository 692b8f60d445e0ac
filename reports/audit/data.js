/* What the page carries. The head is read at once; accounts are unfolded one by one, when a department is opened. */

const carried = (id) => document.getElementById(id).textContent;
const head = JSON.parse(carried("head"));
const rowOf = new Map(head.rows.map((row) => [row.code, row]));
const tops = head.tree.map((node, index) => ({ ...node, index })).filter((node) => node.level === 1);
const leaves = head.tree.map((node, index) => ({ ...node, index })).filter((node) => node.leaf);
const excerptTexts = head.excerpts;

/* What could be reached at a node: its marks, or what a department is given in place of them. */
function marksOf(row, node) {
  return (row.full && row.full[node.index]) || node.marks;
}

const folded = { patterns: null, lines: null };

/* An account: a line holds the number of its pattern and its figures; every tab in a pattern stands for the next. */
function unfold(number) {
  if (!folded.lines) {
    folded.patterns = JSON.parse(carried("patterns"));
    folded.lines = carried("accounts").split("\n");
  }
  const [first, ...figures] = folded.lines[number].split(" ");
  let next = 0;
  const build = (index) => {
    const pattern = folded.patterns[index];
    return Array.isArray(pattern) ? pattern.map(build) : pattern.replace(/\t/g, () => figures[next++]);
  };
  return build(Number(first));
}

/* The parts of an account by name; the order is that of scoring/audit/accounts.py and flow.py. */
function accountOf(row) {
  if (row.account === undefined) return null;
  const [[flow, [rest, restActs]], sections, total, [grades, ranks, warnings, consequences]] = unfold(row.account);
  return {
    flow: flow.map(([node, self, scored, review, ruling, points, reviewed, acts]) => (
      { node: { ...head.tree[Number(node)], index: Number(node) }, self, scored, review, ruling, points, reviewed, acts: acts.map(actOf) }
    )),
    rest,
    restActs: restActs.map(actOf),
    sections: sections.map(([heading, points, entries]) => ({ heading, points, entries: entries.map(entryOf) })),
    total,
    steps: [["等次", grades], ["名次", ranks], ["提示", warnings], ["结果应用", consequences]]
      .map(([name, steps]) => ({ name, steps: steps.map(stepOf) })).filter((each) => each.steps.length),
  };
}

function actOf([stage, what, by, on, basis, why]) {
  return { stage, what, by, on, basis, why };
}

function entryOf([id, criterion, name, kind, state, self, points, sentence, lines, data, basis]) {
  return {
    id, criterion, name, kind, state, self, points, sentence, lines,
    data: data.map(([title, value, layers]) => ({
      title,
      value,
      layers: layers.map(([source, said, by, on, why, evidence]) => ({ source, said, by, on, why, evidence })),
    })),
    basis: basisOf(basis),
  };
}

function stepOf([outcome, sentence, calculation, basis]) {
  return { outcome, sentence, calculation, basis: basisOf(basis) };
}

function basisOf([address, article, quote, places]) {
  return {
    address, article, quote,
    places: places.map(([number, lines]) => ({ excerpt: excerptTexts[Number(number)], lines: lines.split(" ").map(Number) })),
  };
}

/* The difference of two amounts as printed, exact: both are brought to whole numbers first. */
function difference(one, other) {
  if (![one, other].every((text) => /^-?\d+(\.\d+)?$/.test(text))) return "";
  const decimals = Math.max(2, ...[one, other].map((text) => (text.split(".")[1] || "").length));
  const whole = (text) => {
    const [above, below = ""] = text.split(".");
    return Number(above + below.padEnd(decimals, "0"));
  };
  const found = whole(one) - whole(other);
  const digits = String(Math.abs(found)).padStart(decimals + 1, "0");
  return (found > 0 ? "+" : found < 0 ? "-" : "") + digits.slice(0, -decimals) + "." + digits.slice(-decimals);
}
