"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const tools = one(".tools"), search = one("#q"), counted = one("#count"), help = one("#keys");
  const tables = all("table.rows"), columns = all(".column");

  // A row of the main table, and whatever else on the page stands for the same pair.
  const rows = all("table.main tbody tr").map((line) => ({
    line, id: line.dataset.row, status: line.dataset.status, confidence: line.dataset.confidence, orders: line.dataset.orders === "1",
    units: line.dataset.units, part: line.dataset.part, shown: true, text: "", elements: [], cards: [],
  }));
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const element of all("tr[data-row], .card[data-row]")) byId.get(element.dataset.row).elements.push(element);
  for (const row of rows) {
    row.text = row.elements.map((each) => each.textContent).join("\n").toLowerCase();
    row.cards = all('a[href^="#c-"]', row.line).map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean);
  }
  const ofCard = new Map();
  for (const row of rows) for (const card of row.cards) ofCard.set(card, [...(ofCard.get(card) || []), row]);
  const below = all(".card", columns[1]).map((card) => ({ card, rows: ofCard.get(card) || [], text: card.textContent.toLowerCase() }));

  // ---- filters
  function filter() {
    const chosen = new FormData(tools);
    const statuses = new Set(chosen.getAll("status")), confidences = new Set(chosen.getAll("confidence"));
    const unit = chosen.get("unit"), part = chosen.get("part"), orders = chosen.has("orders");
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const shown = statuses.has(row.status) && confidences.has(row.confidence) && (!orders || row.orders) &&
        (!unit || row.units.includes(`|${unit}|`)) && (!part || row.part === part) && words.every((word) => row.text.includes(word));
      if (shown) count += 1;
      if (shown === row.shown) continue;
      row.shown = shown;
      for (const element of row.elements) element.hidden = !shown;
    }
    const narrowed = count < rows.length;
    for (const { card, rows: linked, text } of below) {
      const found = words.length && words.every((word) => text.includes(word));
      card.hidden = narrowed && !card.classList.contains("head") && !linked.some((row) => row.shown) && !found;
    }
    for (const table of tables) {
      const none = !one("tbody tr:not([hidden])", table);
      table.nextElementSibling.hidden = !none;
      table.hidden = none;
    }
    counted.textContent = narrowed ? `显示 ${count} 条，共 ${rows.length} 条` : `共 ${rows.length} 条`;
  }

  // ---- both plans side by side
  let picked = null, walking = false, from = null;
  function bring(column, card) {
    if (!card) return;
    // Cards that were never on the screen have estimated heights until they are drawn.
    let left = 8;
    const place = () => {
      const top = card.offsetTop - one("h3", column).offsetHeight - 8;
      column.scrollTop = top;
      left -= 1;
      if (left) requestAnimationFrame(place);
    };
    place();
  }
  function pick(row, card) {
    if (picked) for (const each of [...picked.elements, ...picked.cards]) { each.classList.remove("pick"); each.removeAttribute("aria-current"); }
    picked = row;
    for (const each of [...row.elements, ...row.cards]) { each.classList.add("pick"); each.setAttribute("aria-current", "true"); }
    const above = row.elements.find((each) => each.classList.contains("card"));
    for (const change of all("details.change", above)) change.open = true;
    bring(columns[0], above);
    bring(columns[1], card || row.cards[0]);
    return above;
  }
  function open(row, card) {
    walking = true;
    const above = pick(row, card);
    one("#plans").scrollIntoView({ block: "start" });
    (card || above).focus({ preventScroll: true });
  }
  function step(by) {
    const shown = rows.filter((row) => row.shown);
    if (!shown.length) return;
    const at = shown.indexOf(picked);
    const row = shown[at < 0 ? 0 : Math.max(0, Math.min(shown.length - 1, at + by))];
    if (walking) { open(row); return; }
    pick(row);
    const link = one(".go", row.line);
    link.focus({ preventScroll: true });
    row.line.scrollIntoView({ block: "center" });
    from = link;
  }
  function back() {
    walking = false;
    const target = from && !from.closest("[hidden]") ? from : one(".go", (picked || rows[0]).line);
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  }

  // ---- what a person does
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#p-"], a[href^="#c-"]');
    const line = event.target.closest("tr[data-row], .card");
    if (link) {
      const card = document.getElementById(link.hash.slice(1));
      const row = byId.get(link.dataset.row || card?.dataset.row) || ofCard.get(card)?.[0];
      event.preventDefault();
      if (link.closest("table, .additions")) from = link;
      if (row && !row.shown) tools.reset();
      if (row) open(row, card.closest(".column") === columns[1] ? card : undefined);
      else if (card) { card.hidden = false; one("#plans").scrollIntoView(); bring(card.closest(".column"), card); card.focus({ preventScroll: true }); }
    } else if (line && !event.target.closest("summary, details") && !getSelection().toString()) {
      const row = byId.get(line.dataset.row) || ofCard.get(line)?.[0];
      if (row && line.tagName === "TR") { from = one(".go", line); open(row); }
      else if (row) pick(row, line.closest(".column") === columns[1] ? line : undefined);
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input[type=search], select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === "Escape") {
      if (typing) typing.blur();
      else if (walking) back();
      return;
    }
    if (typing) return;
    const actions = {
      "/": () => { one(".tools").scrollIntoView({ block: "nearest" }); search.focus(); search.select(); },
      j: () => step(1), k: () => step(-1), "?": () => help.showModal(),
      Enter: () => picked && event.target === document.body && open(picked),
    };
    if (!actions[event.key]) return;
    if (event.key !== "Enter") event.preventDefault();
    actions[event.key]();
  });
  // What is scrolled to must not lie below the bar, however high it is.
  new ResizeObserver(() => { document.documentElement.style.scrollPaddingTop = `${tools.offsetHeight + 16}px`; }).observe(tools);
  tools.addEventListener("input", filter);
  tools.addEventListener("reset", () => setTimeout(filter));
  tools.addEventListener("submit", (event) => event.preventDefault());
  one("#help").addEventListener("click", () => help.showModal());
  one("#next").addEventListener("click", () => { walking = true; step(1); });
  one("#previous").addEventListener("click", () => { walking = true; step(-1); });
  one("#back").addEventListener("click", back);
  tools.hidden = false;
  one(".walk").hidden = false;
  filter();
})();
