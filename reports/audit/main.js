/* Addresses and keys. #/ the tables, #?… with filters, #/CODE a department, #/CODE/1.2 a place in it, #=/A/B two. */

const main = document.getElementById("main");
const query = document.getElementById("query");

/* Whose page it is, where it is one department's: it opens with that department. */
const ownRow = head.audience === "department" ? head.rows.find((row) => row.account !== undefined) : null;

function route() {
  const hash = location.hash;
  const parts = hash.slice(hash.startsWith("#=") ? 3 : 2).split("/").map(decoded);
  if (hash.startsWith("#=/")) drawCompare(main, parts);
  else if (!hash && ownRow) drawDepartment(main, ownRow);
  else if (hash.startsWith("#/") && rowOf.has(parts[0])) drawDepartment(main, rowOf.get(parts[0]), parts[1]);
  else {
    readFilters(hash.startsWith("#?") ? hash.slice(2) : "");
    query.value = filters.q;
    drawList(main);
  }
  const title = main.querySelector(".head h2");
  document.title = title && !title.contains(document.getElementById("pick0")) ? title.textContent + "　" + head.title : head.title;
  if (!parts[1] || hash.startsWith("#=")) window.scrollTo(0, 0);
}

function decoded(text) {
  try { return decodeURIComponent(text); } catch (problem) { return text; }
}

function search() {
  filters.q = query.value;
  const results = document.getElementById("results");
  history.replaceState(null, "", filterAddress());
  if (results) fill(results);
  else drawList(main);
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "Escape") { escape(); return; }
  if (typing) {
    if (event.target === query && (event.key === "ArrowDown" || event.key === "Enter")) focusFirst(event);
    return;
  }
  const department = main.querySelector(".head");
  const keys = {
    "/": () => { query.focus(); query.select(); },
    ArrowLeft: () => follow('a[rel="prev"]'),
    ArrowRight: () => follow('a[rel="next"]'),
    ArrowDown: () => (department ? focusEntry() : focusFirst(event)),
    e: () => document.getElementById("all") && toggleAll(),
    c: () => follow('a[href^="#=/"]'),
  };
  if (!event.defaultPrevented && keys[event.key] && keys[event.key]() !== false) event.preventDefault();
}

function follow(selector) {
  const link = main.querySelector(selector);
  if (!link) return false;
  location.hash = link.getAttribute("href");
  return true;
}

function focusFirst(event) {
  const first = main.querySelector("a.department");
  if (!first) return false;
  event.preventDefault();
  if (event.key === "Enter") location.hash = first.getAttribute("href");
  else first.focus();
  return true;
}

function focusEntry() {
  if (main.contains(document.activeElement) && document.activeElement.closest(".entry")) return false;
  const first = main.querySelector(".entry-head");
  if (!first) return false;
  first.focus();
  return true;
}

function escape() {
  if (document.activeElement === query) {
    query.value = "";
    search();
    main.focus();
  } else if (main.querySelector(".head")) {
    location.hash = filterAddress();
  }
}

function masthead() {
  const notices = document.getElementById("notices");
  document.getElementById("method").append(
    head.district ? el("span", null, head.district) : "", el("span", null, head.method), el("span", { class: "stamp" }, head.mark));
  notices.append(...head.notices.map((each) => el("p", { class: "notice" }, each)));
  document.getElementById("marks").append(...head.marks.flatMap(([name, text]) => [el("dt", null, name), el("dd", null, text)]));
}

masthead();
query.addEventListener("input", search);
document.getElementById("search").addEventListener("submit", (event) => event.preventDefault());
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address names a place in the result, not on the page
  main.focus();
});
document.addEventListener("keydown", key);
window.addEventListener("hashchange", route);
route();
requestAnimationFrame(() => setTimeout(() => {
  performance.mark("shown");
  document.documentElement.dataset.ready = "yes";
}));
