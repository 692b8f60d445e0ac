/* Elements out of texts. Whatever comes from data becomes a text node; markup is never made of it. */

function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== ""));
  return made;
}

const address = (...parts) => "#/" + parts.map(encodeURIComponent).join("/");
const versus = (...parts) => "#=/" + parts.map(encodeURIComponent).join("/");

function badge(grade) {
  return grade ? el("span", { class: "grade g" + head.grades.indexOf(grade) }, grade) : "";
}

function nameLink(row, attributes) {
  return el("a", { href: address(row.code), ...attributes }, el("bdi", null, row.name));
}

/* A share of the whole as a small bar; the figures beside it say the same. */
function bar(points, marks) {
  const share = Math.max(0, Math.min(1, parseFloat(points) / parseFloat(marks))) || 0;
  const made = el("span", { class: "bar", "aria-hidden": "true" }, el("span"));
  made.firstChild.style.width = share * 100 + "%";
  return made;
}

function excerptView({ excerpt, lines }) {
  const decided = new Set(lines);
  return el("figure", { class: "rule" },
    el("figcaption", null, excerpt.file.split("/").slice(1).join("/") || excerpt.file, " 第", lines.join("、"), "行"),
    el("pre", { tabindex: "0", "aria-label": "规则原文" }, el("code", null, excerpt.text.map((text, index) => {
      const number = excerpt.line + index;
      return el("span", { class: decided.has(number) ? "line decided" : "line", "data-number": number }, text + "\n");
    }))));
}

function basisView(basis) {
  return el("div", { class: "basis" },
    basis.article ? el("p", { class: "article" }, el("b", null, "依据"), basis.article,
      basis.quote ? el("q", null, basis.quote) : "") : "",
    basis.places.map(excerptView));
}

function say(text) {
  document.getElementById("said").textContent = text;
}

/* Arrow keys move among the elements that match; only one of them is in the order of the tab key. */
function roving(event, within, selector) {
  const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
  const all = step ? [...within.querySelectorAll(selector)] : [];
  const here = all.indexOf(document.activeElement);
  if (!all.length || here < 0) return false;
  const target = all[Math.max(0, Math.min(all.length - 1, here + step))];
  all[here].tabIndex = -1;
  target.tabIndex = 0;
  target.focus();
  event.preventDefault();
  return true;
}
