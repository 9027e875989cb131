"use strict";
(() => {
  const $ = (query, from = document) => Array.from(from.querySelectorAll(query));
  const root = document.documentElement;
  const store = (theme) => { try { if (theme === undefined) return localStorage.getItem("crossfoot-theme"); localStorage.setItem("crossfoot-theme", theme); } catch { return null; } };

  // Light and dark.
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const turn = () => { root.dataset.theme = dark() ? "light" : "dark"; store(root.dataset.theme); };
  const known = store();
  if (known === "light" || known === "dark") root.dataset.theme = known;

  // Filters: what is chosen stands in the address, so that it can be sent.
  let texts = new WeakMap();
  const textOf = (card) => { if (!texts.has(card)) texts.set(card, card.textContent.toLowerCase()); return texts.get(card); };
  const form = () => document.getElementById("filters");
  const chosen = () => { const f = form(); return f ? Array.from(new FormData(f)).filter(([, value]) => value !== "") : []; };
  const apply = (remember) => {
    const f = form();
    if (!f) return;
    const wanted = Object.fromEntries(chosen());
    const words = (wanted.q || "").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0, total = 0;
    for (const group of $(".group")) {
      let any = false;
      for (const card of $(".finding", group)) {
        const data = card.dataset;
        const fits = (!wanted.severity || data.severity === wanted.severity) && (!wanted.rule || data.rule === wanted.rule)
          && (!wanted.objective || data.objective.split(" ").includes(wanted.objective)) && (!wanted.file || data.file === wanted.file)
          && words.every((word) => textOf(card).includes(word));
        card.hidden = !fits;
        any = any || fits;
        total += 1;
        shown += fits ? 1 : 0;
      }
      group.hidden = !any;
    }
    const none = document.getElementById("none-left");
    if (none) none.hidden = shown > 0;
    const output = f.querySelector("output");
    output.textContent = output.dataset.shown.replace("{n}", shown).replace("{total}", total);
    if (remember) {
      const query = new URLSearchParams(chosen()).toString();
      try { history.replaceState(null, "", query ? "#?" + query : location.pathname + location.search); } catch { /* a page without an address */ }
    }
  };
  const recall = () => {
    const f = form();
    const asked = location.hash.startsWith("#?") ? location.hash.slice(2) : location.search.slice(1);
    if (!f || !asked) return;
    for (const [name, value] of new URLSearchParams(asked)) {
      const field = f.elements.namedItem(name);
      if (field && "value" in field) field.value = value;
    }
  };

  // A link leads to what it names also where that is hidden or closed.
  const arrive = () => {
    if (!location.hash || location.hash.startsWith("#?")) return;
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { /* as it stands */ }
    const target = document.getElementById(name);
    if (!target) return;
    if (target.closest("[hidden]")) { form().reset(); }
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  };

  // Tables that are sorted by a press on a heading.
  const value = (row, at) => { const cell = row.cells[at]; return cell ? cell.dataset.v ?? cell.textContent.trim() : ""; };
  const compare = (a, b) => {
    if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
    const x = Number(a), y = Number(b);
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, undefined, { numeric: true }) : x - y;
  };
  const sort = (heading) => {
    const table = heading.closest("table"), body = table.tBodies[0], at = heading.cellIndex;
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = Array.from(body.rows).map((row) => [value(row, at), row]);
    rows.sort(([a], [b]) => (a === "" || b === "" || !down ? 1 : -1) * compare(a, b));
    body.append(...rows.map(([, row]) => row));
  };
  const prepare = () => {
    texts = new WeakMap();
    for (const heading of $("table.sortable thead th")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(heading));
      heading.append(button);
    }
    const f = form();
    if (f) {
      f.hidden = false;
      f.addEventListener("input", () => apply(true));
      f.addEventListener("submit", (event) => event.preventDefault());
      f.addEventListener("reset", () => setTimeout(() => apply(true)));
    }
    const theme = document.getElementById("theme");
    theme.hidden = false;
    theme.addEventListener("click", turn);
    recall();
    apply(false);
  };

  // Keys.
  const step = (by) => {
    const cards = $(".finding").filter((card) => !card.hidden);
    const at = cards.indexOf(document.activeElement);
    const next = cards[Math.min(Math.max(at + by, 0), cards.length - 1)];
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "start" }); }
  };
  const all = () => { const parts = $("main details"); const open = parts.some((part) => !part.open); for (const part of parts) part.open = open; };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = document.getElementById("keys");
    if (event.key === "Escape") { keys.hidden = true; document.activeElement.blur(); return; }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const search = form() && form().elements.namedItem("q");
    const does = { "/": () => search && search.focus(), j: () => step(1), k: () => step(-1), e: all, t: turn, "?": () => { keys.hidden = !keys.hidden; } }[event.key];
    if (does) { event.preventDefault(); does(); }
  });

  // On paper everything is open.
  let closed = [];
  addEventListener("beforeprint", () => { closed = $("main details:not([open])"); for (const part of closed) part.open = true; });
  addEventListener("afterprint", () => { for (const part of closed) part.open = false; });
  addEventListener("hashchange", () => { if (location.hash.startsWith("#?")) { recall(); apply(false); } else arrive(); });

  prepare();
  arrive();

  // A page that is served shows each check.
  if (root.hasAttribute("data-live")) {
    const replace = async () => {
      const answer = await fetch("/", { cache: "no-store" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const before = Object.fromEntries(chosen());
      const typing = form() && form().contains(document.activeElement) ? document.activeElement.name : "";
      const open = new Set($("main details[open]").map((part) => part.querySelector("summary").textContent));
      for (const name of ["body > header", "nav", "main"]) document.querySelector(name).replaceWith(fresh.querySelector(name));
      document.title = fresh.title;
      for (const part of $("main details")) if (open.has(part.querySelector("summary").textContent)) part.open = true;
      prepare();
      for (const [name, text] of Object.entries(before)) { const field = form() && form().elements.namedItem(name); if (field) field.value = text; }
      apply(false);
      if (typing && form()) form().elements.namedItem(typing).focus();
    };
    new EventSource("/events").addEventListener("check", (event) => {
      if (root.dataset.live === event.data) return;
      root.dataset.live = event.data;
      replace();
    });
  }
})();
