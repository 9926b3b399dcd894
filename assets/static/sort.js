// This script puts the rows of a table that is whole on its page in order, by the column whose head is
// pressed. Tables of which a page shows a part are put in order by the service.

"use strict";

{
  // A comma or a point, as the language of the page writes it. Asked when it is needed: the
  // browser loads its tables of languages for it.
  const decimalSign = () => {
    const parts = new Intl.NumberFormat(document.documentElement.lang).formatToParts(1.5);
    return parts.find(({ type }) => type === "decimal").value;
  };

  // What a cell is compared by: the time that it writes, else its number, else its text. A cell
  // without figure has none.
  const valueOf = (cell, decimal) => {
    const time = cell.querySelector("time");
    if (time) return time.dateTime;
    const text = cell.textContent.trim();
    if (!cell.classList.contains("figure")) return text;
    const number = text.replace(/[^\d\u2212-]/g, (sign) => (sign === decimal ? "." : ""));
    return number === "" ? undefined : Number(number.replace("\u2212", "-"));
  };

  const compare = (one, other) => {
    if (one === other) return 0;
    if (typeof one === "string") return one.localeCompare(other, document.documentElement.lang);
    return one - other;
  };

  const order = (table, head) => {
    const [body] = table.tBodies;
    const rows = [...body.rows];
    // The order that they came in, which the curve has too.
    rows.forEach((row, place) => (row.dataset.place ??= place));
    const was = head.getAttribute("aria-sort");
    // The largest figures first; times and texts from their beginning.
    const first = head.classList.contains("figure") ? "descending" : "ascending";
    const second = first === "ascending" ? "descending" : "ascending";
    const sense = was === first ? second : first;
    const sign = sense === "ascending" ? 1 : -1;
    const decimal = decimalSign();
    const values = new Map(rows.map((row) => [row, valueOf(row.cells[head.cellIndex], decimal)]));
    rows.sort((one, other) => {
      const [a, b] = [values.get(one), values.get(other)];
      // What has no figure comes last, whatever the order.
      if (a === undefined || b === undefined) return (a === undefined) - (b === undefined);
      return sign * compare(a, b) || one.dataset.place - other.dataset.place;
    });
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", sense);
    body.append(...rows);
  };

  const begin = () => {
    for (const table of document.querySelectorAll("table[data-sorts]")) {
      for (const head of table.tHead.rows[0].cells) {
        if (head.querySelector("button")) continue;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "sorts";
        button.append(...head.childNodes);
        button.addEventListener("click", () => order(table, head));
        head.append(button);
      }
    }
  };

  begin();
  addEventListener("parvis-swapped", begin);
}
